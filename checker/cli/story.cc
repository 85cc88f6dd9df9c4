// SPDX-License-Identifier: Apache-2.0
// What the events of a trace say about those that are blocked at its end.
#include "checker/cli/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "checker/cli/values.h"
#include "viz/label.h"

namespace heddle::cli {
namespace {

using checker::Finding;
using checker::FindingKind;
using sim::Trace;
using sim::TraceEvent;
using sim::TraceGoroutine;
using sim::TraceObject;
using sim::TracePart;
using viz::CleanText;

// One thing that a goroutine did to an object.
struct Deed {
  int event = 0;
  int goroutine = 0;
  std::string verb;  // "send", "close", "lock", ...
  sim::TraceSite site;
};

struct History {
  std::vector<Deed> deeds;
  std::string state;  // after the last event that changed it
};

// What the part did: of a select, what its case did.
std::string VerbOf(const TracePart& part) {
  constexpr std::string_view kSelect = "select: ";
  if (part.operation != "select" || !part.text.starts_with(kSelect)) return part.operation;
  const std::string rest = part.text.substr(kSelect.size());
  return rest.substr(0, rest.find(' '));
}

class Story {
 public:
  explicit Story(const Finding& finding) : finding_(finding), trace_(*finding.trace) {
    for (const TraceGoroutine& g : trace_.goroutines) goroutines_[g.number] = &g;
    for (const TraceObject& o : trace_.objects) objects_[o.number] = &o;
    for (const TraceEvent& event : trace_.events) Note(event);
  }

  std::vector<StoryLine> Tell() {
    if (!trace_.findings.empty() && trace_.findings[0].event != 0) TellOfEvent();
    constexpr size_t kMostTold = 6;  // goroutines
    std::vector<const TraceGoroutine*> waiting = Waiting();
    for (size_t i = 0; i < waiting.size() && i < kMostTold; ++i) TellOf(*waiting[i]);
    if (waiting.size() > kMostTold) {
      Say(0, fmt::format("... and {} more are blocked.", waiting.size() - kMostTold));
    }
    if (finding_.kind == FindingKind::kDeadlock) TellOfCircle();
    return std::move(lines_);
  }

 private:
  void Say(int indent, std::string text) { lines_.push_back({indent, std::move(text)}); }

  // "goroutine 3 waits: select: receive from results, receive from time.After": kept until that
  // goroutine moves again.
  void NoteWaiting(const TraceEvent& event) {
    int number = 0;
    if (std::sscanf(event.switched.c_str(), "goroutine %9d waits: select:", &number) == 1)
      waiting_[number] = event.switched;
    for (const TracePart& part : event.parts) {
      auto waited = waiting_.find(part.goroutine);
      if (waited == waiting_.end()) continue;
      offers_[part.goroutine].emplace_back(event.index, waited->second);
      waiting_.erase(waited);
    }
  }

  void Note(const TraceEvent& event) {
    NoteWaiting(event);
    for (const TracePart& part : event.parts) {
      const bool failed = part.text.ends_with(": fails");
      if (failed) continue;
      for (int object : event.objects) {
        histories_[object].deeds.push_back({event.index, part.goroutine, VerbOf(part), part.site});
      }
    }
    for (const std::string& delta : event.deltas) {
      for (int object : event.objects) {
        const std::string head = objects_[object]->name + ": ";
        if (!delta.starts_with(head)) continue;
        const size_t arrow = delta.rfind(" -> ");
        histories_[object].state =
            arrow == std::string::npos ? delta.substr(head.size()) : delta.substr(arrow + 4);
      }
    }
  }

  // ---- Words

  std::string Who(int goroutine) const {
    return goroutine == 0 ? "a timer" : fmt::format("G{}", goroutine);
  }
  static std::string ShortName(const TraceGoroutine& g) {
    const std::string name = CleanText(g.name);
    return name.starts_with("main.") ? name.substr(5) : name;
  }
  std::string ObjectName(int object) const { return CleanText(objects_.at(object)->name); }
  // What became of a goroutine: "and has ended since".
  std::string Fate(int goroutine) const {
    auto found = goroutines_.find(goroutine);
    if (found == goroutines_.end()) return "";
    const TraceGoroutine& g = *found->second;
    if (g.state == "ended") return ", and has ended";
    if (g.state == "panicked") return ", and has panicked";
    if (g.waiting.empty()) return "";
    return ", and itself waits: " + CleanText(g.waiting);
  }
  static std::string At(const Deed& deed) {
    return fmt::format("in step {} ({})", deed.event, ShortSite(deed.site));
  }

  // ---- Deeds

  const std::vector<Deed>& DeedsAt(int object) const {
    auto found = histories_.find(object);
    return found == histories_.end() ? no_deeds_ : found->second.deeds;
  }
  std::string StateOf(int object) const {
    auto found = histories_.find(object);
    return found == histories_.end() ? "" : CleanText(found->second.state);
  }
  const Deed* Last(int object, std::string_view verb) const {
    const std::vector<Deed>& deeds = DeedsAt(object);
    auto found =
        std::find_if(deeds.rbegin(), deeds.rend(), [&](const Deed& d) { return d.verb == verb; });
    return found == deeds.rend() ? nullptr : &*found;
  }

  // Who has taken the lock and not given it back.
  std::vector<Deed> Holders(int object) const {
    std::vector<Deed> held;
    for (const Deed& d : DeedsAt(object)) {
      const bool takes = d.verb == "lock" || d.verb == "try lock" || d.verb == "read lock" ||
                         d.verb == "try read lock" || d.verb == "write lock" ||
                         d.verb == "try write lock" || d.verb == "announce write lock" ||
                         d.verb == "once";
      if (takes) {
        if (d.verb == "write lock")
          std::erase_if(held, [](const Deed& h) { return h.verb == "announce write lock"; });
        held.push_back(d);
        continue;
      }
      const bool reads = d.verb == "read unlock";
      const bool gives = reads || d.verb == "unlock" || d.verb == "write unlock" ||
                         d.verb == "once done" || d.verb == "cond wait";
      if (!gives || held.empty()) continue;
      auto own = std::find_if(held.rbegin(), held.rend(), [&](const Deed& h) {
        return h.goroutine == d.goroutine && reads == h.verb.ends_with("read lock");
      });
      held.erase(own == held.rend() ? held.begin() : std::next(own).base());
    }
    return held;
  }

  // ---- Goroutines that wait

  // Those of the finding first, then the others that are blocked at the end.
  std::vector<const TraceGoroutine*> Waiting() const {
    std::vector<const TraceGoroutine*> out;
    if (trace_.findings.empty() || trace_.findings[0].event != 0) return out;
    for (int number : trace_.findings[0].goroutines) {
      auto found = goroutines_.find(number);
      if (found != goroutines_.end() && !found->second->waiting.empty())
        out.push_back(found->second);
    }
    return out;
  }

  void TellOf(const TraceGoroutine& g) {
    Say(0, fmt::format("G{} {} waits at {}: {}", g.number, ShortName(g), ShortSite(g.at),
                       CleanText(g.waiting)));
    if (g.waiting.find("a nil channel") != std::string::npos) {
      Say(1, "A nil channel blocks for ever: it was never made.");
    }
    for (int object : g.waits_for) {
      if (std::string why = WhyNotWoken(g, object); !why.empty()) Say(1, std::move(why));
    }
    for (int signal : g.unseen) {
      const Deed* given = Last(signal, "close");
      for (std::string_view verb : {"cancel", "cancel child"}) {
        if (given == nullptr) given = Last(signal, verb);
      }
      const bool listens =
          std::find(g.waits_for.begin(), g.waits_for.end(), signal) != g.waits_for.end();
      if (listens || given == nullptr) continue;
      Say(1, fmt::format("It could see {}, the signal to stop that {} gave {}, but does not look.",
                         ObjectName(signal), Who(given->goroutine), At(*given)));
    }
  }

  std::string WhyNotWoken(const TraceGoroutine& g, int object) const {
    const std::string& kind = objects_.at(object)->kind;
    const std::string name = ObjectName(object);
    if (kind == "channel") return WhyNoPartner(g, object, name);
    if (kind == "mutex" || kind == "rwmutex" || kind == "once") return WhyHeld(g, object, name);
    if (kind == "waitgroup") return WhyCounted(g, object, name);
    if (kind == "cond") {
      const Deed* last = Last(object, "broadcast");
      if (const Deed* signal = Last(object, "signal");
          last == nullptr || (signal != nullptr && signal->event > last->event)) {
        last = signal;
      }
      if (last == nullptr) return fmt::format("{}: nobody signals it.", name);
      return fmt::format("{}: the last signal came from {} {}: it was not for a later Wait.", name,
                         Who(last->goroutine), At(*last));
    }
    return "";
  }

  std::string WhyNoPartner(const TraceGoroutine& g, int object, const std::string& name) const {
    // Of a select: the words of the case on this channel.
    const bool sends = g.waiting.find("send on " + objects_.at(object)->name) != std::string::npos;
    const std::string_view partner = sends ? "receive" : "send";
    const Deed* last = Last(object, partner);
    std::string state = StateOf(object);
    std::string full =
        sends && state.find('/') != std::string::npos ? fmt::format(" ({})", state) : "";
    if (std::string gave_up = GaveUp(object, partner); last == nullptr && !gave_up.empty()) {
      return fmt::format("{}{}: {}", name, full, gave_up);
    }
    if (last == nullptr) {
      return sends ? fmt::format("{}{}: nobody receives from it.", name, full)
                   : fmt::format("{}: nobody sends on it, nobody closes it.", name);
    }
    return fmt::format("{}{}: {} {} it last, {}{}.{}", name, full, Who(last->goroutine),
                       sends ? "received from" : "sent on", At(*last), Fate(last->goroutine),
                       sends ? "" : " Nobody closes it.");
  }

  // Somebody waited to be the partner, in a select, and took another case.
  std::string GaveUp(int object, std::string_view partner) const {
    const std::string offer = fmt::format("{} {} {}", partner, partner == "send" ? "on" : "from",
                                          objects_.at(object)->name);
    std::string out;
    for (const TraceEvent& event : trace_.events) {
      for (const TracePart& part : event.parts) {
        auto offered = offers_.find(part.goroutine);
        if (offered == offers_.end()) continue;
        auto own = std::find_if(offered->second.begin(), offered->second.end(),
                                [&](const auto& o) { return o.first == event.index; });
        if (own == offered->second.end() || own->second.find(offer) == std::string::npos) continue;
        if (std::find(event.objects.begin(), event.objects.end(), object) != event.objects.end())
          continue;
        out = fmt::format("{} waited to {}, but went on in step {} ({}) with: {}{}.",
                          Who(part.goroutine), CleanText(offer), event.index, ShortSite(part.site),
                          CleanText(part.text), Fate(part.goroutine));
      }
    }
    return out;
  }

  std::string WhyHeld(const TraceGoroutine& g, int object, const std::string& name) const {
    std::vector<Deed> held = Holders(object);
    std::erase_if(held, [&](const Deed& d) {
      return d.goroutine == g.number && d.verb == "announce write lock";
    });
    if (held.empty()) return "";
    // What stands in the way: for a reader a writer, who came last.
    const Deed* by = &held.back();
    for (const Deed& d : held) {
      if (d.goroutine == g.number) by = &d;
    }
    std::string_view how = by->verb.ends_with("read lock")       ? "holds a read lock of it"
                           : by->verb == "announce write lock"   ? "waits to write-lock it"
                           : objects_.at(object)->kind == "once" ? "is inside its Do"
                                                                 : "holds it";
    if (by->goroutine == g.number) {
      return fmt::format("{}: it {} itself, since step {} ({}).", name, how, by->event,
                         ShortSite(by->site));
    }
    return fmt::format("{}: {} {}, since step {} ({}){}.", name, Who(by->goroutine), how, by->event,
                       ShortSite(by->site), Fate(by->goroutine));
  }

  std::string WhyCounted(const TraceGoroutine& g, int object, const std::string& name) const {
    std::string state = StateOf(object);
    std::set<int> done;
    for (const Deed& d : DeedsAt(object)) {
      if (d.verb == "add" && d.goroutine != g.number) done.insert(d.goroutine);
    }
    std::vector<std::string> others;
    for (const auto& [number, other] : goroutines_) {
      const bool could = number != g.number && !other->waiting.empty() && !done.contains(number) &&
                         std::find(other->waits_for.begin(), other->waits_for.end(), object) ==
                             other->waits_for.end();
      if (could && others.size() < 3) {
        others.push_back(fmt::format("G{} ({})", number, CleanText(other->waiting)));
      }
    }
    std::string missing = state.starts_with("counter ") ? state.substr(8) : "";
    std::string out = missing.empty()
                          ? fmt::format("{}: a Done is missing.", name)
                          : fmt::format("{}: its counter is {}, so {} missing.", name, missing,
                                        missing == "1" ? "one Done is" : missing + " Dones are");
    if (!others.empty()) return out + " Blocked before theirs: " + Listed(others) + ".";
    return out + " Everybody else has ended.";
  }

  // ---- The circle

  // Goroutines that would have to move first.
  std::vector<std::pair<int, std::string>> NeededBy(const TraceGoroutine& g) const {
    std::vector<std::pair<int, std::string>> out;
    const auto waits = [&](int number) {
      auto found = goroutines_.find(number);
      return found != goroutines_.end() && !found->second->waiting.empty();
    };
    for (int object : g.waits_for) {
      const std::string& kind = objects_.at(object)->kind;
      const std::string name = ObjectName(object);
      if (kind == "mutex" || kind == "rwmutex" || kind == "once") {
        for (const Deed& d : Holders(object)) {
          const bool own_wish = d.goroutine == g.number && d.verb == "announce write lock";
          if (waits(d.goroutine) && !own_wish) out.emplace_back(d.goroutine, name);
        }
      } else if (kind == "channel") {
        const bool sends =
            g.waiting.find("send on " + objects_.at(object)->name) != std::string::npos;
        for (const Deed& d : DeedsAt(object)) {
          const bool partner = d.verb == (sends ? "receive" : "send");
          if (partner && waits(d.goroutine) && d.goroutine != g.number)
            out.emplace_back(d.goroutine, name);
        }
      } else if (kind == "waitgroup") {
        for (const auto& [number, other] : goroutines_) {
          const auto& at = other->waits_for;
          if (number != g.number && waits(number) &&
              std::find(at.begin(), at.end(), object) == at.end())
            out.emplace_back(number, name);
        }
      }
    }
    return out;
  }

  bool FindCircle(int at, std::vector<std::pair<int, std::string>>& path, std::set<int>& seen) {
    constexpr size_t kLongest = 12;
    if (path.size() > kLongest) return false;
    for (const auto& [next, name] : NeededBy(*goroutines_.at(at))) {
      auto begins =
          std::find_if(path.begin(), path.end(), [&](const auto& p) { return p.first == next; });
      path.back().second = name;
      if (begins != path.end()) {
        path.erase(path.begin(), begins);
        return true;
      }
      if (!seen.insert(next).second) continue;
      path.emplace_back(next, "");
      if (FindCircle(next, path, seen)) return true;
      path.pop_back();
    }
    return false;
  }

  void TellOfCircle() {
    for (const TraceGoroutine* g : Waiting()) {
      std::vector<std::pair<int, std::string>> path = {{g->number, ""}};
      std::set<int> seen = {g->number};
      if (!FindCircle(g->number, path, seen)) continue;
      if (path.size() < 2) return;  // told with the lock it holds itself
      std::string out = "They wait in a circle: ";
      for (const auto& [number, object] : path) out += fmt::format("G{} -({})-> ", number, object);
      Say(0, out + fmt::format("G{}", path[0].first));
      return;
    }
  }

  // ---- Findings at a step

  void TellOfEvent() {
    const int index = trace_.findings[0].event;
    if (index > static_cast<int>(trace_.events.size())) return;
    const TraceEvent& event = trace_.events[static_cast<size_t>(index) - 1];
    const bool about_closed = finding_.kind == FindingKind::kDoubleClose ||
                              finding_.kind == FindingKind::kSendOnClosed ||
                              finding_.kind == FindingKind::kMaskedPanic;
    if (!about_closed || event.parts.empty()) return;
    for (int object : event.objects) {
      for (const Deed& d : DeedsAt(object)) {
        if (d.verb != "close" || d.event >= index) continue;
        const TracePart& part = event.parts[0];
        Say(0, fmt::format("{} closed {} {}; {} comes to it {} ({}).", Who(d.goroutine),
                           ObjectName(object), At(d), Who(part.goroutine),
                           fmt::format("in step {}", index), ShortSite(part.site)));
        return;
      }
    }
  }

  const Finding& finding_;
  const Trace& trace_;
  std::map<int, const TraceGoroutine*> goroutines_;
  std::map<int, const TraceObject*> objects_;
  std::map<int, History> histories_;
  // By goroutine: the event that ended a wait in a select, and all that it had waited for.
  std::map<int, std::vector<std::pair<int, std::string>>> offers_;
  const std::vector<Deed> no_deeds_;
  std::map<int, std::string> waiting_;  // while the events are read
  std::vector<StoryLine> lines_;
};

}  // namespace

std::string ShortSite(const sim::TraceSite& site) {
  if (site.line == 0) return "?";
  const std::string file = CleanText(site.file);
  return fmt::format("{}:{}", file.substr(file.rfind('/') + 1), site.line);
}

std::vector<StoryLine> StoryOf(const Finding& finding) { return Story(finding).Tell(); }

std::string NoReturnText(const Trace& trace) {
  if (trace.findings.empty()) return "";
  const sim::TraceFinding& f = trace.findings[0];
  if (f.no_return == sim::TraceFinding::kUnknown) return "";
  const size_t total = trace.events.size();
  if (f.no_return == 0) {
    const bool timed = std::any_of(trace.events.begin(), trace.events.end(),
                                   [](const TraceEvent& e) { return e.time_ns != 0; });
    auto time = trace.options.find("time");
    return timed && time != trace.options.end()
               ? fmt::format("It happens in every execution in {} time, whatever the order.",
                             time->second)
               : "It happens in every execution, whatever the order.";
  }
  const TraceEvent& event = trace.events[static_cast<size_t>(f.no_return) - 1];
  std::string what;
  if (!event.parts.empty()) {
    const TracePart& part = event.parts[0];
    what = fmt::format(" ({}{})", part.goroutine == 0 ? "" : fmt::format("G{}: ", part.goroutine),
                       CleanText(part.text));
  }
  if (f.no_return_exact) {
    return fmt::format("Point of no return: step {} of {}{}. Before it there was another way.",
                       f.no_return, total, what);
  }
  return fmt::format(
      "Point of no return: step {} of {}{} at the latest; too many ways to tell if earlier.",
      f.no_return, total, what);
}

}  // namespace heddle::cli
