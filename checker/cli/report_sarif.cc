// SPDX-License-Identifier: Apache-2.0
// The SARIF 2.1.0 report.
#include "checker/cli/report_sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "checker/cli/places.h"
#include "checker/cli/story.h"
#include "sim/base/hash.h"

namespace heddle::cli {
namespace {

using checker::Finding;
using checker::FindingKind;
using checker::TargetReport;
using checker::Verdict;
using Json = nlohmann::ordered_json;

Json Text(const std::string& text) { return Json{{"text", text}}; }

Json PhysicalLocation(const Place& place) {
  Json out;
  out["artifactLocation"]["uri"] = UriOf(place.file);
  if (place.line > 0) {
    out["region"]["startLine"] = place.line;
    if (place.column > 0) out["region"]["startColumn"] = place.column;
  }
  return out;
}

Json Location(const Place& place) { return Json{{"physicalLocation", PhysicalLocation(place)}}; }

Place PlaceOf(const sim::TraceSite& site) { return {site.file, site.line, site.column}; }

// The same for the same mistake at the same places, in whatever order it came about.
std::string FingerprintOf(const Finding& finding) {
  std::vector<std::string> sites = finding.locations;
  std::sort(sites.begin(), sites.end());
  uint64_t hash = sim::HashBytes(Name(finding.kind), 0);
  for (const std::string& site : sites) hash = sim::HashBytes(site, hash);
  return fmt::format("{:016x}", hash);
}

Json ThreadFlow(const sim::Trace& trace, const sim::TraceGoroutine& g) {
  // What happened in it before the last steps of a long one is left out.
  constexpr size_t kMost = 200;
  Json locations = Json::array();
  std::vector<Json> all;
  const auto add = [&](const sim::TraceSite& site, const std::string& text, int order,
                       const char* importance) {
    if (site.line == 0) return;
    Json at;
    at["location"] = Location(PlaceOf(site));
    at["location"]["message"] = Text(text);
    at["executionOrder"] = order;
    at["importance"] = importance;
    all.push_back(std::move(at));
  };
  for (const sim::TraceEvent& event : trace.events) {
    for (const sim::TracePart& part : event.parts) {
      if (part.goroutine == g.number) add(part.site, part.text, event.index, "important");
    }
  }
  if (g.state != "ended") {
    add(g.at, g.waiting.empty() ? g.state : "waits: " + g.waiting,
        static_cast<int>(trace.events.size()) + 1, "essential");
  }
  for (size_t i = all.size() > kMost ? all.size() - kMost : 0; i < all.size(); ++i) {
    locations.push_back(std::move(all[i]));
  }
  if (locations.empty()) return nullptr;
  Json out;
  out["id"] = fmt::format("goroutine {}", g.number);
  out["message"] = Text(fmt::format("goroutine {} ({}): {}", g.number, g.name, g.state));
  out["locations"] = std::move(locations);
  return out;
}

Json CodeFlow(const Finding& finding) {
  constexpr size_t kMost = 50;  // goroutines
  Json flows = Json::array();
  for (const sim::TraceGoroutine& g : finding.trace->goroutines) {
    if (flows.size() == kMost) break;
    if (Json flow = ThreadFlow(*finding.trace, g); !flow.is_null()) flows.push_back(flow);
  }
  if (flows.empty()) return nullptr;
  Json out;
  out["message"] = Text(fmt::format("How it happens, in {} steps", finding.events));
  out["threadFlows"] = std::move(flows);
  return out;
}

Json Result(const TargetReport& target, const Finding& finding, size_t rule,
            const TextReportOptions& options) {
  Json out;
  out["ruleId"] = Name(finding.kind);
  out["ruleIndex"] = rule;
  out["level"] = Name(SeverityOf(finding.kind));
  std::string text = finding.message;
  if (finding.trace) {
    for (const StoryLine& line : StoryOf(finding)) text += "\n" + line.text;
    if (std::string more = NoReturnText(*finding.trace); !more.empty()) text += "\n" + more;
  }
  out["message"] = Text(text);
  out["locations"] = Json::array();
  out["relatedLocations"] = Json::array();
  for (const std::string& location : finding.locations) {
    Json at = Location(PlaceFrom(location));
    if (out["locations"].empty()) {
      out["locations"].push_back(std::move(at));
    } else {
      out["relatedLocations"].push_back(std::move(at));
    }
  }
  if (out["locations"].empty()) out["locations"].push_back(Location({target.path, 0, 0}));
  for (const checker::FindingGoroutine& g : finding.goroutines) {
    if (g.created_at.empty()) continue;
    Json at = Location(PlaceFrom(g.created_at));
    at["message"] = Text(fmt::format("goroutine {} is created here", g.id));
    out["relatedLocations"].push_back(std::move(at));
  }
  for (size_t i = 0; i < out["relatedLocations"].size(); ++i) out["relatedLocations"][i]["id"] = i;
  if (finding.trace) {
    if (Json flow = CodeFlow(finding); !flow.is_null()) out["codeFlows"] = Json::array({flow});
  }
  out["partialFingerprints"]["kindAndSites/v1"] = FingerprintOf(finding);
  out["properties"]["entry"] = target.entry;
  out["properties"]["time"] = finding.time;
  out["properties"]["replay"] = ReplayCommand(target, finding, options);
  return out;
}

Json Notification(const std::string& level, const std::string& text, const Place& place) {
  Json out;
  out["level"] = level;
  out["message"] = Text(text);
  out["locations"] = Json::array({Location(place)});
  return out;
}

Json Invocation(std::span<const TargetReport> targets, const TextReportOptions& options) {
  Json notes = Json::array();
  bool fine = true;
  for (const TargetReport& target : targets) {
    for (const checker::ReportDiagnostic& d : target.diagnostics) {
      notes.push_back(
          Notification("error", d.message,
                       d.position.empty() ? Place{target.path, 0, 0} : PlaceFrom(d.position)));
    }
    if (target.verdict == Verdict::kInvalid) {
      fine = false;
    } else if (!target.exploration.complete && target.findings.empty()) {
      notes.push_back(
          Notification("warning", ExplorationText(target, options), {target.path, 0, 0}));
    }
  }
  Json out;
  out["executionSuccessful"] = fine;
  if (!notes.empty()) out["toolExecutionNotifications"] = std::move(notes);
  return out;
}

}  // namespace

std::string SarifReport(std::span<const TargetReport> targets, const TextReportOptions& options) {
  std::map<FindingKind, size_t> rules;
  for (const TargetReport& target : targets) {
    for (const Finding& finding : target.findings) rules.try_emplace(finding.kind, 0);
  }
  Json rule_list = Json::array();
  for (auto& [kind, index] : rules) {
    index = rule_list.size();
    Finding sample;
    sample.kind = kind;
    Json rule;
    rule["id"] = Name(kind);
    rule["shortDescription"] = Text(MeaningOf(sample, "main"));
    rule["defaultConfiguration"]["level"] = Name(SeverityOf(kind));
    rule_list.push_back(std::move(rule));
  }
  Json results = Json::array();
  for (const TargetReport& target : targets) {
    for (const Finding& finding : target.findings) {
      results.push_back(Result(target, finding, rules.at(finding.kind), options));
    }
  }
  Json run;
  run["tool"]["driver"]["name"] = "heddle";
  run["tool"]["driver"]["version"] = "0.1.0";
  run["tool"]["driver"]["rules"] = std::move(rule_list);
  run["invocations"] = Json::array({Invocation(targets, options)});
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json document;
  document["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  document["version"] = "2.1.0";
  document["runs"] = Json::array({run});
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heddle::cli
