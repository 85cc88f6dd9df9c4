// SPDX-License-Identifier: Apache-2.0
// Trace -> Diagram and Story -> the document inside the page.
#include "viz/html_view.h"

#include <fmt/format.h>

#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "viz/diagram.h"
#include "viz/label.h"
#include "viz/page_files.h"
#include "viz/story.h"
#include "viz/text_view.h"

namespace heddle::viz {
namespace {

using Json = nlohmann::ordered_json;
using sim::Trace;
using sim::TraceSite;

constexpr size_t kTab = 4;  // columns, in source lines

std::string_view Name(LinkKind kind) {
  switch (kind) {
    case LinkKind::kMessage:
      return "message";
    case LinkKind::kSpawn:
      return "spawn";
    case LinkKind::kClose:
      return "close";
    case LinkKind::kCancel:
      return "cancel";
    case LinkKind::kUnlock:
      return "unlock";
    case LinkKind::kWake:
      return "wake";
    case LinkKind::kOrder:
      return "order";
  }
  return "order";
}

std::string_view Name(LaneEnd end) {
  switch (end) {
    case LaneEnd::kEnded:
      return "ended";
    case LaneEnd::kPanicked:
      return "panicked";
    case LaneEnd::kStuck:
      return "stuck";
    case LaneEnd::kBlocked:
      return "blocked";
    case LaneEnd::kRunning:
      return "running";
    case LaneEnd::kOpen:
      return "open";
  }
  return "open";
}

Json Cleaned(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(CleanText(text));
  return out;
}

// The lines of a file, as they are to be shown.
Json Lines(std::string_view text) {
  Json lines = Json::array();
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string line;
    size_t columns = 0;
    for (char c : text.substr(0, end)) {
      if (c == '\r') continue;
      size_t spaces = c == '\t' ? kTab - columns % kTab : 0;
      line += c == '\t' ? std::string(spaces, ' ') : std::string(1, c);
      columns += c == '\t' ? spaces : 1;
    }
    lines.push_back(CleanText(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string AsOneLine(const std::string& text) {
  std::string out;
  size_t from = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != '\n') continue;
    out += CleanText(std::string_view(text).substr(from, at - from));
    if (at < text.size()) out += '\n';
    from = at + 1;
  }
  return out;
}

class Document {
 public:
  explicit Document(const Trace& trace)
      : trace_(trace),
        d_(Arrange(trace, {.lanes = std::numeric_limits<size_t>::max(),
                           .events = std::numeric_limits<size_t>::max()})),
        story_(Tell(d_)) {}

  std::string Text() {
    Json out;
    out["title"] = Headline(trace_);
    out["message"] = trace_.findings.empty() ? "" : ShortMessage(trace_);
    out["program"] = ProgramLine(trace_);
    out["finding"] = Finding();
    out["goroutines"] = Json::array();
    for (const Lane& lane : d_.lanes) out["goroutines"].push_back(Goroutine(lane));
    out["objects"] = Json::array();
    for (size_t i = 0; i < trace_.objects.size(); ++i) out["objects"].push_back(Object(i));
    out["contexts"] = Json::array();
    for (const ContextNode& node : story_.contexts) out["contexts"].push_back(Context(node));
    out["events"] = Json::array();
    for (const sim::TraceEvent& event : trace_.events) out["events"].push_back(Event(event));
    out["links"] = Links();
    out["switches"] = story_.switches;
    out["output"] = AsOneLine(trace_.output);
    out["replay"] =
        CleanText(fmt::format("heddle replay --schedule '{}' {}", trace_.schedule, trace_.program));
    AddFiles(out);
    return Escape(out.dump());
  }

 private:
  // Nothing in the document can end the element that it stands in, or begin a comment.
  static std::string Escape(const std::string& json) {
    std::string out;
    for (char c : json) {
      if (c == '<' || c == '>' || c == '&') {
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      } else {
        out += c;
      }
    }
    return out;
  }

  Json Finding() const {
    if (!d_.finding) return nullptr;
    Json out;
    out["kind"] = CleanText(d_.finding->kind);
    out["event"] = d_.at_event ? d_.finding->event : 0;
    out["cycleStart"] = d_.finding->cycle_start;
    out["noReturn"] = d_.finding->no_return;
    return out;
  }

  Json Site(const TraceSite& site) {
    if (site.line == 0) return nullptr;
    auto [file, added] = files_.try_emplace(site.file, static_cast<int>(files_.size()));
    return {{"file", file->second}, {"line", site.line}};
  }

  Json Goroutine(const Lane& lane) {
    const sim::TraceGoroutine& g = *lane.goroutine;
    Json out;
    out["number"] = g.number;
    out["name"] = CleanText(g.name);
    out["created"] = Site(g.created_at);
    out["start"] = g.number == 0 ? 0 : lane.start_event;
    out["accused"] = lane.accused;
    out["end"] = Name(lane.end);
    out["endText"] = lane.end_text;
    out["endSite"] = Site(lane.end_at);
    out["spans"] = Json::array();
    for (size_t i = 0; i < trace_.goroutines.size(); ++i) {
      if (&trace_.goroutines[i] != lane.goroutine) continue;
      for (const GoroutineSpan& span : story_.goroutines[i]) {
        out["spans"].push_back({{"from", span.from},
                                {"activity", Name(span.activity)},
                                {"at", span.at},
                                {"site", Site(span.site)},
                                {"objects", span.objects}});
      }
    }
    if (out["spans"].empty()) {  // the timers
      out["spans"].push_back({{"from", 0},
                              {"activity", "absent"},
                              {"at", ""},
                              {"site", nullptr},
                              {"objects", Json::array()}});
    }
    return out;
  }

  Json Object(size_t i) {
    const sim::TraceObject& object = trace_.objects[i];
    Json out;
    out["number"] = object.number;
    out["kind"] = CleanText(object.kind);
    out["name"] = CleanText(object.name);
    out["detail"] = CleanText(object.detail);
    out["created"] = Site(object.created_at);
    out["stateless"] = object.kind == "atomic";
    out["spans"] = Json::array();
    for (const ObjectSpan& span : story_.objects[i]) {
      out["spans"].push_back({{"from", span.from},
                              {"state", span.state},
                              {"values", span.values},
                              {"capacity", span.capacity},
                              {"closed", span.closed},
                              {"owners", span.owners}});
    }
    return out;
  }

  static Json Context(const ContextNode& node) {
    Json seen = Json::array();
    for (const ContextNode::Seen& look : node.seen) {
      seen.push_back({{"goroutine", look.goroutine}, {"event", look.event}});
    }
    return {{"object", node.object},
            {"parent", node.parent},
            {"done", node.done},
            {"cancelledEvent", node.cancelled_event},
            {"cancelledBy", node.cancelled_by},
            {"seen", seen},
            {"unseen", node.unseen}};
  }

  Json Event(const sim::TraceEvent& event) {
    Json out;
    out["index"] = event.index;
    out["category"] = sim::Name(event.category);
    out["time"] = DurationText(event.time_ns);
    out["parts"] = Json::array();
    for (const sim::TracePart& part : event.parts) {
      out["parts"].push_back({{"goroutine", part.goroutine},
                              {"text", PartText(d_, event, part)},
                              {"site", Site(part.site)},
                              {"function", CleanText(part.site.function)}});
    }
    out["objects"] = event.objects;
    out["ready"] = Cleaned(event.ready);
    out["deltas"] = Cleaned(event.deltas);
    out["switched"] = CleanText(event.switched);
    return out;
  }

  Json Links() const {
    Json out = Json::array();
    for (const Link& link : d_.links) {
      out.push_back({{"kind", Name(link.kind)},
                     {"fromEvent", link.from_event},
                     {"fromLane", link.from_lane},
                     {"toEvent", link.to_event},
                     {"toLane", link.to_lane}});
    }
    return out;
  }

  // Last: by now every file that a site names has its number.
  void AddFiles(Json& out) const {
    std::vector<std::string> names(files_.size());
    for (const auto& [name, number] : files_) names[static_cast<size_t>(number)] = name;
    out["files"] = Cleaned(names);
    out["sources"] = Json::array();
    for (const std::string& name : names) {
      Json lines = nullptr;
      for (const sim::TraceSource& source : trace_.sources) {
        if (source.file == name) lines = Lines(source.text);
      }
      out["sources"].push_back(std::move(lines));
    }
  }

  const Trace& trace_;
  Diagram d_;
  Story story_;
  std::map<std::string, int> files_;  // number in the document
};

std::string HtmlEscape(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

std::string HtmlView(const Trace& trace) {
  PageFiles files = ThePageFiles();
  const std::map<std::string_view, std::string> parts = {
      {"title", HtmlEscape(Headline(trace))}, {"style", std::string(files.css)},
      {"text", HtmlEscape(TextView(trace))},  {"trace", Document(trace).Text()},
      {"script", std::string(files.js)},
  };
  std::string out;
  std::string_view rest = files.html;
  for (size_t at = rest.find("@@"); at != std::string_view::npos; at = rest.find("@@")) {
    size_t end = rest.find("@@", at + 2);
    out += rest.substr(0, at);
    out += parts.at(rest.substr(at + 2, end - at - 2));
    rest.remove_prefix(end + 2);
  }
  return out.append(rest);
}

}  // namespace heddle::viz
