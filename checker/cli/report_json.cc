// SPDX-License-Identifier: Apache-2.0
// The JSON report. Keys and their order are the contract's (docs: the contract of the command).
#include "checker/cli/report_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace heddle::cli {
namespace {

using checker::ExplorationSummary;
using checker::Finding;
using checker::TargetReport;
using Json = nlohmann::ordered_json;

Json ToJson(const checker::Confidence& c) {
  Json out;
  out["runs"] = c.runs;
  out["classes"] = c.classes;
  out["seen_once"] = c.seen_once;
  out["next_is_new"] = c.next_is_new;
  if (c.n > 0) out["pct"] = {{"n", c.n}, {"k", c.k}, {"d", c.d}, {"chance", c.chance}};
  return out;
}

Json ToJson(const ExplorationSummary& e) {
  Json out;
  out["strategy"] = e.strategy;
  out["executions"] = e.executions;
  out["equivalence_classes"] = e.equivalence_classes;
  out["redundant"] = e.redundant;
  out["cut"] = e.cut;
  out["events"] = e.events;
  out["complete"] = e.complete;
  out["time"] = e.time;
  out["bounds"] = Json::object();
  for (const auto& [key, value] : e.bounds) out["bounds"][key] = value;
  out["fixed"] = e.fixed;
  out["cut_by"] = e.cut_by;
  if (e.confidence.has_value()) out["confidence"] = ToJson(*e.confidence);
  if (e.classes_in_all.has_value()) out["classes_in_all"] = *e.classes_in_all;
  out["seconds"] = std::round(e.seconds * 1000) / 1000;
  return out;
}

Json ToJson(const Finding& finding) {
  Json out;
  out["kind"] = Name(finding.kind);
  out["severity"] = Name(SeverityOf(finding.kind));
  out["message"] = finding.message;
  out["goroutines"] = Json::array();
  for (const checker::FindingGoroutine& g : finding.goroutines) {
    Json row;
    row["id"] = g.id;
    row["state"] = g.state;
    row["at"] = g.at;
    row["created_at"] = g.created_at;
    out["goroutines"].push_back(std::move(row));
  }
  out["locations"] = finding.locations;
  out["schedule"] = finding.schedule;
  out["events"] = finding.events;
  if (finding.cycle != 0) out["cycle"] = {{"from", finding.cycle}, {"to", finding.events}};
  return out;
}

Json ToJson(const TargetReport& target) {
  Json out;
  out["path"] = target.path;
  out["entry"] = target.entry;
  out["verdict"] = Name(target.verdict);
  out["exploration"] = ToJson(target.exploration);
  out["findings"] = Json::array();
  for (const Finding& finding : target.findings) out["findings"].push_back(ToJson(finding));
  out["diagnostics"] = Json::array();
  for (const checker::ReportDiagnostic& diagnostic : target.diagnostics) {
    Json row;
    row["severity"] = diagnostic.severity;
    row["position"] = diagnostic.position;
    row["message"] = diagnostic.message;
    out["diagnostics"].push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string JsonReport(std::span<const TargetReport> targets) {
  Json document;
  document["schema"] = "heddle.report/1";
  document["targets"] = Json::array();
  for (const TargetReport& target : targets) document["targets"].push_back(ToJson(target));
  // Messages may quote Go strings, which hold any bytes: what is not UTF-8 is replaced.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace heddle::cli
