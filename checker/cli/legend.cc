// SPDX-License-Identifier: Apache-2.0
// The legend of a trace.
#include "checker/cli/legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "checker/cli/story.h"
#include "checker/cli/values.h"
#include "viz/label.h"

namespace heddle::cli {
namespace {

using sim::Trace;
using sim::TraceEvent;
using sim::TraceGoroutine;
using sim::TraceObject;
using viz::CleanText;
using viz::Columns;

constexpr size_t kMostRows = 16;  // of a table

std::string Padded(std::string text, size_t columns) {
  const size_t width = Columns(text);
  return width < columns ? text + std::string(columns - width, ' ') : text;
}

// Rows of columns, each as wide as it needs; the last one runs on.
std::string Table(const std::vector<std::vector<std::string>>& rows, size_t columns) {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Columns(row[i]));
  }
  std::string out;
  for (const std::vector<std::string>& row : rows) {
    std::string line = "  ";
    for (size_t i = 0; i < row.size(); ++i) {
      line += i + 1 < row.size() ? Padded(row[i], widths[i] + 2) : row[i];
    }
    while (line.ends_with(' ')) line.pop_back();
    out += viz::Shorten(line, columns) + "\n";
  }
  return out;
}

std::string Goroutines(const Trace& trace, size_t columns) {
  std::set<int> accused;
  for (const sim::TraceFinding& f : trace.findings)
    accused.insert(f.goroutines.begin(), f.goroutines.end());
  std::vector<std::vector<std::string>> rows;
  size_t left_out = 0;
  size_t left = trace.goroutines.size() <= kMostRows ? SIZE_MAX : kMostRows - 1;
  for (const TraceGoroutine& g : trace.goroutines) {
    const bool first = g.number == 1 || accused.contains(g.number);
    if (!first && left <= accused.size()) {
      ++left_out;
      continue;
    }
    if (left == 0) {
      ++left_out;
      continue;
    }
    --left;
    std::string made = g.created_at.line == 0
                           ? ""
                           : fmt::format("by G{} at {}", g.created_by, ShortSite(g.created_at));
    std::string state = CleanText(g.state);
    if (!g.waiting.empty()) state = "waits: " + CleanText(g.waiting);
    rows.push_back({fmt::format("G{}", g.number), CleanText(g.name), state, made});
  }
  std::string out = "Goroutines\n" + Table(rows, columns);
  if (left_out > 0) out += fmt::format("  ... and {} more\n", Grouped(left_out));
  return out;
}

// What happened to each object's signal.
class Cancels {
 public:
  explicit Cancels(const Trace& trace) : trace_(trace) {
    for (const TraceObject& o : trace.objects) {
      by_name_[o.name] = &o;
      if (o.kind == "context") contexts_.push_back(&o);
    }
    for (const TraceEvent& event : trace.events) Note(event);
  }

  bool any() const { return !given_.empty(); }

  std::string Text(size_t columns) const {
    std::string out = "Contexts\n";
    for (const TraceObject* context : contexts_) {
      if (context->parent == 0) out += Node(*context, 1, columns);
    }
    return out;
  }

 private:
  struct Given {
    int event = 0;
    int goroutine = 0;
    bool with_parent = false;
    sim::TraceSite site;
  };

  void Note(const TraceEvent& event) {
    for (const sim::TracePart& part : event.parts) {
      const bool cancel = part.operation == "cancel", child = part.operation == "cancel child";
      if ((cancel || child) && !part.text.ends_with("again")) {
        const size_t at = child && event.objects.size() > 1 ? 1 : 0;
        if (at < event.objects.size()) {
          given_.try_emplace(event.objects[at],
                             Given{event.index, part.goroutine, child, part.site});
        }
      }
      const bool looks = part.text.ends_with(": closed") || part.text.ends_with(": cancelled");
      if (!looks) continue;
      for (int object : event.objects) seen_[object].emplace(part.goroutine, event.index);
    }
  }

  const TraceObject* DoneOf(const TraceObject& context) const {
    auto found = by_name_.find(context.name + ".Done()");
    return found == by_name_.end() ? nullptr : found->second;
  }

  std::string Node(const TraceObject& context, size_t depth, size_t columns) const {
    constexpr size_t kDeepest = 20;
    const std::string indent(depth * 2, ' ');
    std::string line = indent + CleanText(context.name);
    if (!context.detail.empty()) line += " = " + CleanText(context.detail);
    if (context.created_at.line != 0) line += " at " + ShortSite(context.created_at);
    auto given = given_.find(context.number);
    if (given == given_.end()) {
      line += ": not cancelled";
    } else {
      const Given& g = given->second;
      line += fmt::format(": cancelled {} in step {} ({})",
                          g.with_parent ? "with its parent" : fmt::format("by G{}", g.goroutine),
                          g.event, ShortSite(g.site));
    }
    std::string out = viz::Shorten(line, columns) + "\n";
    if (given != given_.end()) out += Looks(context, indent, columns);
    if (depth > kDeepest) return out;
    for (const TraceObject* child : contexts_) {
      if (child->parent == context.number) out += Node(*child, depth + 1, columns);
    }
    return out;
  }

  std::string Looks(const TraceObject& context, const std::string& indent, size_t columns) const {
    std::vector<std::string> seen, unseen;
    const TraceObject* done = DoneOf(context);
    std::map<int, int> who;
    for (int object : {context.number, done != nullptr ? done->number : 0}) {
      auto found = seen_.find(object);
      if (found != seen_.end()) who.insert(found->second.begin(), found->second.end());
    }
    for (const auto& [goroutine, event] : who) {
      if (goroutine != 0) seen.push_back(fmt::format("G{} in step {}", goroutine, event));
    }
    for (const TraceGoroutine& g : trace_.goroutines) {
      if (done != nullptr &&
          std::find(g.unseen.begin(), g.unseen.end(), done->number) != g.unseen.end()) {
        unseen.push_back(fmt::format("G{}", g.number));
      }
    }
    std::string out;
    if (!seen.empty()) {
      out += viz::Shorten(fmt::format("{}  seen by {}", indent, Listed(seen)), columns) + "\n";
    }
    if (!unseen.empty()) {
      out += viz::Shorten(fmt::format("{}  not looked at by {}", indent, Listed(unseen)), columns) +
             "\n";
    }
    return out;
  }

  const Trace& trace_;
  std::map<std::string, const TraceObject*> by_name_;
  std::vector<const TraceObject*> contexts_;
  std::map<int, Given> given_;              // by object
  std::map<int, std::map<int, int>> seen_;  // by object: goroutine, first event
};

std::string Objects(const Trace& trace, size_t columns) {
  std::set<int> touched;
  for (const TraceEvent& event : trace.events)
    touched.insert(event.objects.begin(), event.objects.end());
  for (const TraceGoroutine& g : trace.goroutines)
    touched.insert(g.waits_for.begin(), g.waits_for.end());
  std::vector<std::vector<std::string>> rows;
  size_t left_out = 0;
  for (const TraceObject& o : trace.objects) {
    // Timers and the channels of contexts say nothing by themselves.
    if (!touched.contains(o.number) || o.created_at.line == 0) continue;
    if (o.name.ends_with(".Done()")) continue;
    if (rows.size() == kMostRows) {
      ++left_out;
      continue;
    }
    std::string what = CleanText(o.kind);
    if (!o.detail.empty()) what += ", " + CleanText(o.detail);
    rows.push_back({CleanText(o.name), what, "made at " + ShortSite(o.created_at)});
  }
  if (rows.empty()) return "";
  std::string out = "Objects\n" + Table(rows, columns);
  if (left_out > 0) out += fmt::format("  ... and {} more\n", Grouped(left_out));
  return out;
}

}  // namespace

std::string LegendText(const Trace& trace, size_t columns) {
  std::string out = Goroutines(trace, columns);
  out += Objects(trace, columns);
  if (const Cancels cancels(trace); cancels.any()) out += cancels.Text(columns);
  return out;
}

}  // namespace heddle::cli
