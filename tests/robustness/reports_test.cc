// SPDX-License-Identifier: Apache-2.0
// What people see of a finding, end to end: names, few switches, long traces, changed programs, a
// terminal and Ctrl-C.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "sim/base/check.h"
#include "sim/trace.h"
#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

sim::Trace TraceOf(const std::string& program, const TemporaryFolder& folder) {
  const std::string path = folder / "t.json";
  fs::remove(path);
  const Outcome outcome = Heddle({"check", "--quiet", "--budget", "20s", "--trace", path, program});
  EXPECT_TRUE(outcome.Orderly()) << outcome;
  if (!fs::exists(path)) return {};
  auto trace = sim::TraceFromJson(ReadAll(path));
  EXPECT_TRUE(trace.has_value()) << program;
  return trace ? *trace : sim::Trace{};
}

TEST(Names, AreThoseOfTheProgram) {
  TemporaryFolder folder;
  const std::string program = folder.Write("names.go", R"(package main

import (
	"context"
	"sync"
)

type pool struct {
	mu   sync.Mutex
	jobs chan int
	wg   sync.WaitGroup
}

func newPool() *pool { return &pool{jobs: make(chan int, 2)} }

var gate = make(chan bool, 1)

func (p *pool) work(ctx context.Context) {
	defer p.wg.Done()
	p.mu.Lock()
	p.jobs <- 1
	p.mu.Unlock()
	<-ctx.Done()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	child, stop := context.WithCancel(ctx)
	defer stop()
	p := newPool()
	var locks [2]sync.Mutex
	forks := make([]sync.Mutex, 3)
	locks[1].Lock()
	forks[2].Lock()
	gate <- true
	p.wg.Add(1)
	go p.work(child)
	cancel()
	p.wg.Wait()
	var done chan struct{}
	<-done
}
)");
  const sim::Trace trace = TraceOf(program, folder);
  std::map<std::string, sim::TraceObject> objects;
  for (const sim::TraceObject& o : trace.objects) objects[o.name] = o;
  for (const char* name :
       {"ctx", "child", "child.Done()", "locks[1]", "forks[2]", "gate", "p.wg", "p.mu", "p.jobs"}) {
    EXPECT_TRUE(objects.contains(name)) << name;
  }
  EXPECT_EQ(objects["p.jobs"].detail, "capacity 2");
  EXPECT_EQ(objects["p.jobs"].created_at.line, 14);
  EXPECT_EQ(objects["gate"].created_at.line, 16);
  EXPECT_EQ(objects["child"].parent, objects["ctx"].number);
  std::set<std::string> steps;
  for (const sim::TraceEvent& event : trace.events) {
    for (const sim::TracePart& part : event.parts) {
      steps.insert(part.text + " at " + std::to_string(part.site.line));
    }
  }
  EXPECT_THAT(steps, ::testing::Contains("done on p.wg at 19"));
  EXPECT_THAT(steps, ::testing::Contains("cancel child on child at 38"));
  EXPECT_EQ(trace.goroutines[0].waiting, "receive from a nil channel");
}

TEST(Names, SurviveLoopsCopiesAndClosures) {
  TemporaryFolder folder;
  const std::string program = folder.Write("loop.go", Main(R"(
	for i := 0; i < 2; i++ {
		done := make(chan int)
		var mu sync.Mutex
		go func() {
			mu.Lock()
			done <- i
		}()
	}
)",
                                                           "import \"sync\"\n"));
  const sim::Trace trace = TraceOf(program, folder);
  std::set<std::string> names;
  for (const sim::TraceObject& o : trace.objects) names.insert(o.name);
  EXPECT_THAT(names, ::testing::IsSupersetOf({"done", "done #2", "mu", "mu #2"}));
}

// ---- Few switches

// Who moves in an event; timers one by one, as they are goroutines of their own here.
std::vector<int> MoversOf(const sim::TraceEvent& event) {
  std::vector<int> out;
  for (const sim::TracePart& part : event.parts) {
    const bool timer = part.goroutine == 0 && !event.objects.empty();
    out.push_back(timer ? -event.objects[0] : part.goroutine);
  }
  if (out.size() > 2) out.resize(1);
  return out;
}

bool Together(const std::vector<int>& a, const std::vector<int>& b) {
  if (a.empty() && b.empty()) return true;
  return std::any_of(a.begin(), a.end(),
                     [&](int x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

// Every order of the events that keeps their causes, with the fewest switches so far as a bound.
class BruteForce {
 public:
  explicit BruteForce(const sim::Trace& trace) : trace_(trace) {
    for (const sim::TraceEvent& event : trace.events) movers_.push_back(MoversOf(event));
    done_.resize(trace.events.size());
    Given();
  }

  size_t given() const { return given_; }
  // False: there are too many orders.
  bool Run() {
    best_ = given_ + 1;
    Extend(0, 0, SIZE_MAX);
    return steps_ < kMostSteps;
  }
  size_t best() const { return best_; }

 private:
  static constexpr size_t kMostSteps = 20'000'000;

  void Given() {
    for (size_t i = 1; i < movers_.size(); ++i) given_ += !Together(movers_[i - 1], movers_[i]);
  }

  void Extend(size_t count, size_t switches, size_t last) {
    if (switches >= best_ || ++steps_ >= kMostSteps) return;
    if (count == done_.size()) {
      best_ = switches;
      return;
    }
    for (size_t i = 0; i < done_.size(); ++i) {
      const std::vector<int>& causes = trace_.events[i].causal;
      const bool ready = !done_[i] && std::all_of(causes.begin(), causes.end(), [&](int cause) {
        return done_[static_cast<size_t>(cause) - 1];
      });
      if (!ready) continue;
      const bool goes_on = last == SIZE_MAX || Together(movers_[last], movers_[i]);
      done_[i] = true;
      Extend(count + 1, switches + (goes_on ? 0 : 1), i);
      done_[i] = false;
    }
  }

  const sim::Trace& trace_;
  std::vector<std::vector<int>> movers_;
  std::vector<bool> done_;
  size_t given_ = 0, best_ = 0, steps_ = 0;
};

TEST(Counterexample, NoOtherOrderHasFewerSwitches) {
  TemporaryFolder folder;
  size_t compared = 0, longest = 0;
  std::vector<std::string> programs;
  for (const auto& entry : fs::recursive_directory_iterator(HEDDLE_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".go") continue;
    const std::string text = ReadAll(entry.path().string());
    const bool wanted = text.find("//heddle:want ") != std::string::npos &&
                        text.find("//heddle:want pass") == std::string::npos;
    // Those need long searches, or time that moves, which orders everything.
    const bool quick = entry.path().string().find("/rare/") == std::string::npos &&
                       text.find("\"time\"") == std::string::npos;
    if (wanted && quick) programs.push_back(entry.path().string());
  }
  std::sort(programs.begin(), programs.end());
  for (const std::string& program : programs) {
    if (compared == 30) break;
    const sim::Trace trace = TraceOf(program, folder);
    if (trace.findings.empty()) continue;
    BruteForce all(trace);
    if (!all.Run()) continue;
    EXPECT_LE(all.given(), all.best()) << program;
    ++compared;
    longest = std::max(longest, trace.events.size());
  }
  EXPECT_GE(compared, 20u);
  EXPECT_GE(longest, 10u);
}

// ---- Long traces

TEST(LongTrace, IsFoldedAndComesSoon) {
  TemporaryFolder folder;
  const std::string program = folder.Write("long.go", Main(R"(
	data, results, done := make(chan int), make(chan int), make(chan struct{})
	go func() {
		for v := range data {
			results <- v
		}
		<-done
	}()
	for i := 0; i < 5000; i++ {
		data <- i
		<-results
	}
	close(data)
)"));
  const Outcome outcome = Heddle({"check", program});
  EXPECT_EQ(outcome.status, 1) << outcome;
  EXPECT_LT(outcome.seconds, IsSanitized() ? 20 : 2) << outcome;
  EXPECT_THAT(outcome.out, HasSubstr("10,003 steps"));
  EXPECT_THAT(outcome.out, HasSubstr("steps left out"));
  EXPECT_THAT(outcome.out, HasSubstr("close data"));
  EXPECT_THAT(outcome.out, HasSubstr("done: nobody sends on it, nobody closes it."));
  EXPECT_LT(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 400);
  EXPECT_LT(outcome.out.size(), 40'000u);
}

TEST(Width, NoLineIsLongerThanThePage) {
  for (const char* name : {"pool/one_token_two_workers", "context/hand_made_tree_lock_order",
                           "drain/two_drainers", "timeouts/unbuffered_result"}) {
    for (int columns : {60, 100, 200}) {
      Limits limits;
      limits.environment = {"COLUMNS=" + std::to_string(columns)};
      limits.folder = HEDDLE_SOURCE_DIR;
      const Outcome outcome = Heddle({"check", "scenarios/" + std::string(name) + ".go"}, limits);
      bool in_steps = false;
      for (size_t at = 0; at < outcome.out.size();) {
        const size_t end = outcome.out.find('\n', at);
        const std::string line = outcome.out.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("Goroutines") || line.starts_with(" step")) in_steps = true;
        if (line.starts_with("goroutine ")) in_steps = false;
        const auto width = std::count_if(line.begin(), line.end(), [](char c) {
          return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        });
        if (in_steps) {
          EXPECT_LE(width, columns) << name << ": " << line;
        }
      }
    }
  }
}

// ---- Replay

TEST(Replay, SaysWhereAChangedProgramParts) {
  TemporaryFolder folder;
  const std::string head = "package main\n\nfunc main() {\n\tdone := make(chan int)\n";
  const std::string tail =
      "\tgo func() { done <- 1 }()\n\tgo func() { done <- 2 }()\n\t<-done\n}\n";
  const std::string program = folder.Write("p.go", head + tail);
  const std::string trace = folder / "t.json";
  ASSERT_EQ(Heddle({"check", "--trace", trace, program}).status, 1);
  EXPECT_EQ(Heddle({"replay", trace}).status, 1);
  folder.Write("p.go", head + "\tmore := make(chan int, 1)\n\tmore <- 7\n" + tail);
  Outcome outcome = Heddle({"replay", trace});
  EXPECT_EQ(outcome.status, 2) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("was made from another version of"));
  EXPECT_THAT(outcome.err, HasSubstr("part at step")) << outcome;
  EXPECT_THAT(outcome.out, Not(HasSubstr("FAIL")));
  folder.Write("p.go", "// A comment.\n" + head + tail);
  outcome = Heddle({"replay", trace});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("leads through the same steps"));
}

// ---- A terminal

// The command with a terminal as its standard error (and output); `at` is called with what it wrote
// so far.
struct Session {
  std::string text;
  int status = 0;
};

// A bare chroot has no pseudo-terminals; then there is no terminal to be tested on.
bool HasTerminals() {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0) {
    std::cout << "not tested: this system has no pseudo-terminals (/dev/pts is not mounted)\n";
    return false;
  }
  close(terminal);
  return true;
}

template <class React>
Session OnTerminal(const Arguments& arguments, React react) {
  Session session;
  int terminal = -1;
  winsize size = {24, 90, 0, 0};
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  HEDDLE_CHECK(child >= 0, "a process can be started on a terminal");
  if (child == 0) {
    std::vector<char*> argv;
    std::string program = HeddlePath();
    argv.push_back(program.data());
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    setenv("TERM", "xterm", 1);
    unsetenv("COLUMNS");
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  for (int rounds = 0; rounds < 600; ++rounds) {
    pollfd ready = {terminal, POLLIN, 0};
    if (poll(&ready, 1, 100) > 0) {
      char buffer[4096];
      const ssize_t n = read(terminal, buffer, sizeof(buffer));
      if (n <= 0) break;
      session.text.append(buffer, static_cast<size_t>(n));
    }
    react(session.text, child, rounds);
  }
  kill(child, SIGKILL);
  waitpid(child, &session.status, 0);
  close(terminal);
  return session;
}

// Far too many classes to come to an end.
std::string Endless(const TemporaryFolder& folder) {
  return folder.Write("endless.go", Main(R"(
	var mu sync.Mutex
	for i := 0; i < 9; i++ {
		go func() {
			for k := 0; k < 5; k++ {
				mu.Lock()
				mu.Unlock()
			}
		}()
	}
)",
                                         "import \"sync\"\n"));
}

TEST(Terminal, ShowsProgressAndEndsAtCtrlC) {
  if (!HasTerminals()) return;
  TemporaryFolder folder;
  const Arguments arguments = {"check", "--budget", "50s", Endless(folder)};
  int sent = 0;
  const Session session = OnTerminal(arguments, [&](const std::string& text, pid_t child, int) {
    if (sent == 0 && text.find("per second") != std::string::npos) {
      kill(child, SIGINT);
      sent = 1;
    }
  });
  EXPECT_EQ(sent, 1);
  EXPECT_TRUE(WIFEXITED(session.status));
  EXPECT_EQ(WEXITSTATUS(session.status), 3);
  EXPECT_THAT(session.text, HasSubstr("executions, "));
  EXPECT_THAT(session.text, HasSubstr("depth "));
  EXPECT_THAT(session.text, HasSubstr(" left"));
  EXPECT_THAT(session.text, HasSubstr("it was interrupted (Ctrl-C)"));
  EXPECT_THAT(session.text, HasSubstr("\x1b[1;33mINCOMPLETE"));
}

TEST(Terminal, QuietAndPipesShowNoProgress) {
  if (!HasTerminals()) return;
  TemporaryFolder folder;
  const std::string program = Endless(folder);
  const Session quiet = OnTerminal({"check", "--quiet", "--budget", "1s", program},
                                   [](const std::string&, pid_t, int) {});
  EXPECT_THAT(quiet.text, Not(HasSubstr("per second")));
  EXPECT_THAT(quiet.text, HasSubstr("INCOMPLETE"));
  const Outcome piped = Heddle({"check", "--budget", "1s", program});
  EXPECT_EQ(piped.status, 3);
  EXPECT_EQ(piped.err, "");
  EXPECT_THAT(piped.out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace heddle::robustness
