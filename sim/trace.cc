// SPDX-License-Identifier: Apache-2.0
// The JSON form of a Trace, `heddle.trace/1`: writing and reading.
//
// Writer: one goroutine, object, event per line, so that two traces can be compared with diff.
// Reader: checks types and references (a part names a known goroutine, a cause lies before its
// effect), so that views may index without looking. It never throws and takes time linear in the
// document. Invariant: what the writer writes the reader reads back unchanged. Strings that are not
// UTF-8 (Go strings may hold any bytes) are written as {"latin1": "..."}, one code point per byte.
#include "sim/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

namespace heddle::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "heddle.trace/1";
// A trace has documents in arrays in a document; anything much deeper is not one.
constexpr int kMaxDepth = 16;

constexpr OpCategory kAllCategories[] = {
    OpCategory::kSpawn,   OpCategory::kJoin,   OpCategory::kSend,   OpCategory::kReceive,
    OpCategory::kSelect,  OpCategory::kClose,  OpCategory::kLock,   OpCategory::kUnlock,
    OpCategory::kWait,    OpCategory::kSignal, OpCategory::kAtomic, OpCategory::kTimer,
    OpCategory::kContext, OpCategory::kCancel, OpCategory::kChoice, OpCategory::kYield,
    OpCategory::kPanic,   OpCategory::kEnd,    OpCategory::kOther,
};

std::optional<OpCategory> CategoryOf(std::string_view name) {
  for (OpCategory category : kAllCategories) {
    if (Name(category) == name) return category;
  }
  return std::nullopt;
}

// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool IsUtf8(std::string_view s) {
  size_t i = 0;
  auto continuation = [&](size_t at, unsigned low, unsigned high) {
    if (at >= s.size()) return false;
    unsigned c = static_cast<unsigned char>(s[at]);
    return c >= low && c <= high;
  };
  while (i < s.size()) {
    unsigned c = static_cast<unsigned char>(s[i]);
    if (c < 0x80) {
      ++i;
      continue;
    }
    int more = c >= 0xc2 && c <= 0xdf ? 1 : (c & 0xf0) == 0xe0 ? 2 : c >= 0xf0 && c <= 0xf4 ? 3 : 0;
    if (more == 0) return false;
    unsigned low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    unsigned high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (!continuation(i + 1, low, high)) return false;
    for (int k = 2; k <= more; ++k) {
      if (!continuation(i + k, 0x80, 0xbf)) return false;
    }
    i += 1 + more;
  }
  return true;
}

Json TextToJson(const std::string& text) {
  if (IsUtf8(text)) return text;
  std::string wide;
  for (unsigned char c : text) {
    if (c < 0x80) {
      wide += static_cast<char>(c);
    } else {
      wide += static_cast<char>(0xc0 | (c >> 6));
      wide += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return Json{{"latin1", wide}};
}

Json TextsToJson(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(TextToJson(text));
  return out;
}

Json SiteToJson(const TraceSite& site) {
  if (site == TraceSite{}) return nullptr;
  Json out;
  out["file"] = TextToJson(site.file);
  out["line"] = site.line;
  out["column"] = site.column;
  out["function"] = TextToJson(site.function);
  return out;
}

Json ToJsonValue(const TraceOperation& operation) {
  Json out;
  out["name"] = TextToJson(operation.name);
  out["category"] = Name(operation.category);
  return out;
}

Json ToJsonValue(const TraceGoroutine& g) {
  Json out;
  out["number"] = g.number;
  out["name"] = TextToJson(g.name);
  out["path"] = TextToJson(g.path);
  out["created_at"] = SiteToJson(g.created_at);
  out["created_by"] = g.created_by;
  out["system"] = g.system;
  out["state"] = TextToJson(g.state);
  out["at"] = SiteToJson(g.at);
  out["stack"] = Json::array();
  for (const TraceSite& site : g.stack) out["stack"].push_back(SiteToJson(site));
  if (!g.waiting.empty()) out["waiting"] = TextToJson(g.waiting);
  if (!g.waits_for.empty()) out["waits_for"] = g.waits_for;
  if (!g.unseen.empty()) out["unseen"] = g.unseen;
  return out;
}

Json ToJsonValue(const TraceObject& object) {
  Json out;
  out["number"] = object.number;
  out["kind"] = TextToJson(object.kind);
  out["name"] = TextToJson(object.name);
  out["path"] = TextToJson(object.path);
  out["created_at"] = SiteToJson(object.created_at);
  if (!object.detail.empty()) out["detail"] = TextToJson(object.detail);
  if (object.parent != 0) out["parent"] = object.parent;
  return out;
}

Json ToJsonValue(const TraceEvent& event) {
  Json out;
  out["index"] = event.index;
  out["category"] = Name(event.category);
  out["parts"] = Json::array();
  for (const TracePart& part : event.parts) {
    Json p;
    p["goroutine"] = part.goroutine;
    p["site"] = SiteToJson(part.site);
    p["operation"] = TextToJson(part.operation);
    p["text"] = TextToJson(part.text);
    p["value"] = TextToJson(part.value);
    if (part.object != 0) p["object"] = part.object;
    out["parts"].push_back(std::move(p));
  }
  out["objects"] = event.objects;
  out["ready"] = TextsToJson(event.ready);
  out["causal"] = event.causal;
  out["synchronizes"] = event.synchronizes;
  out["deltas"] = TextsToJson(event.deltas);
  if (!event.states.empty()) {
    out["states"] = Json::array();
    for (const TraceState& state : event.states) {
      out["states"].push_back({{"object", state.object}, {"state", TextToJson(state.state)}});
    }
  }
  if (!event.able.empty()) out["able"] = event.able;
  out["time_ns"] = event.time_ns;
  if (!event.switched.empty()) out["switched"] = TextToJson(event.switched);
  return out;
}

Json ToJsonValue(const TraceFinding& finding) {
  Json out;
  out["kind"] = TextToJson(finding.kind);
  out["severity"] = TextToJson(finding.severity);
  out["message"] = TextToJson(finding.message);
  out["goroutines"] = finding.goroutines;
  out["locations"] = TextsToJson(finding.locations);
  out["event"] = finding.event;
  if (finding.no_return != TraceFinding::kUnknown) out["no_return"] = finding.no_return;
  if (finding.no_return_exact) out["no_return_exact"] = true;
  if (finding.cycle_start != 0) out["cycle_start"] = finding.cycle_start;
  return out;
}

Json ToJsonValue(const TraceSource& source) {
  Json out;
  out["file"] = TextToJson(source.file);
  out["text"] = TextToJson(source.text);
  return out;
}

// Writes the top level by hand: one line per field, one line per element of the long arrays.
class Writer {
 public:
  void Field(std::string_view key, const Json& value) {
    Begin(key);
    out_ += value.dump();
  }

  template <class T>
  void Rows(std::string_view key, const std::vector<T>& rows) {
    Begin(key);
    out_ += "[";
    for (size_t i = 0; i < rows.size(); ++i) {
      out_ += i == 0 ? "\n    " : ",\n    ";
      out_ += ToJsonValue(rows[i]).dump();
    }
    out_ += rows.empty() ? "]" : "\n  ]";
  }

  std::string Finish() { return std::move(out_) + "\n}\n"; }

 private:
  void Begin(std::string_view key) {
    out_ += out_.empty() ? "{\n" : ",\n";
    out_ += fmt::format("  \"{}\": ", key);
  }

  std::string out_;
};

// Takes values out of the document. The first problem is kept, with the place where it is; after it
// every call does nothing and gives a default.
class Reader {
 public:
  const std::string& error() const { return error_; }

  void Fail(std::string what) {
    if (error_.empty()) error_ = std::move(what);
  }

  // Whether an optional member is there.
  bool Has(const Json& object, const char* key) const {
    return error_.empty() && object.is_object() && object.contains(key);
  }

  // The member of that name, or nullptr with an error.
  const Json* Member(const Json& object, const std::string& where, const char* key) {
    if (!error_.empty()) return nullptr;
    if (!object.is_object()) {
      Fail(fmt::format("{} should be an object, it is {}", where, Kind(object)));
      return nullptr;
    }
    auto found = object.find(key);
    if (found == object.end()) {
      Fail(fmt::format("{} has no \"{}\"", where, key));
      return nullptr;
    }
    return &*found;
  }

  void Read(const Json& object, const std::string& where, const char* key, std::string& out) {
    if (const Json* value = Member(object, where, key)) Text(*value, Dot(where, key), out);
  }

  void Read(const Json& object, const std::string& where, const char* key, int& out) {
    const Json* value = Member(object, where, key);
    if (value) Number(*value, Dot(where, key), 0, std::numeric_limits<int>::max(), out);
  }

  void Read(const Json& object, const std::string& where, const char* key, int64_t& out) {
    const Json* value = Member(object, where, key);
    if (value) Number(*value, Dot(where, key), 0, std::numeric_limits<int64_t>::max(), out);
  }

  void Read(const Json& object, const std::string& where, const char* key, bool& out) {
    const Json* value = Member(object, where, key);
    if (!value) return;
    if (!value->is_boolean()) return Expected(Dot(where, key), "true or false", *value);
    out = value->get<bool>();
  }

  void Read(const Json& object, const std::string& where, const char* key, TraceSite& out) {
    if (const Json* value = Member(object, where, key)) Site(*value, Dot(where, key), out);
  }

  void Read(const Json& object, const std::string& where, const char* key, OpCategory& out) {
    std::string name;
    Read(object, where, key, name);
    if (!error_.empty()) return;
    std::optional<OpCategory> category = CategoryOf(name);
    if (!category) return Fail(fmt::format("{}: unknown category \"{}\"", Dot(where, key), name));
    out = *category;
  }

  // The same for a member that may be missing.
  template <class T>
  void ReadOptional(const Json& object, const std::string& where, const char* key, T& out) {
    if (error_.empty() && object.is_object() && object.contains(key)) Read(object, where, key, out);
  }

  // Calls read(element, where) for each element of the array.
  template <class F>
  void Each(const Json& object, const std::string& where, const char* key, F read) {
    const Json* value = Member(object, where, key);
    if (!value) return;
    if (!value->is_array()) return Expected(Dot(where, key), "an array", *value);
    size_t i = 0;
    for (const Json& element : *value) {
      if (!error_.empty()) return;
      read(element, fmt::format("{}[{}]", Dot(where, key), i++));
    }
  }

  void Read(const Json& object, const std::string& where, const char* key,
            std::vector<std::string>& out) {
    Each(object, where, key, [&](const Json& element, const std::string& at) {
      Text(element, at, out.emplace_back());
    });
  }

  void Read(const Json& object, const std::string& where, const char* key, std::vector<int>& out) {
    Each(object, where, key, [&](const Json& element, const std::string& at) {
      Number(element, at, 0, std::numeric_limits<int>::max(), out.emplace_back());
    });
  }

  void Read(const Json& object, const std::string& where, const char* key,
            std::map<std::string, std::string>& out) {
    const Json* value = Member(object, where, key);
    if (!value) return;
    if (!value->is_object()) return Expected(Dot(where, key), "an object", *value);
    for (const auto& [name, element] : value->items()) Text(element, Dot(where, key), out[name]);
  }

  void Site(const Json& value, const std::string& where, TraceSite& out) {
    if (value.is_null()) return;
    Read(value, where, "file", out.file);
    Read(value, where, "line", out.line);
    Read(value, where, "column", out.column);
    Read(value, where, "function", out.function);
  }

 private:
  static std::string Kind(const Json& value) {
    return value.is_null() ? "null" : fmt::format("a {}", value.type_name());
  }

  static std::string Dot(const std::string& where, const char* key) {
    return where == "the document" ? fmt::format("\"{}\"", key) : fmt::format("{}.{}", where, key);
  }

  void Expected(const std::string& where, std::string_view what, const Json& value) {
    Fail(fmt::format("{} should be {}, it is {}", where, what, Kind(value)));
  }

  void Text(const Json& value, const std::string& where, std::string& out) {
    if (value.is_string()) {
      out = value.get_ref<const std::string&>();
      return;
    }
    auto latin = value.is_object() ? value.find("latin1") : value.end();
    if (!value.is_object() || latin == value.end() || !latin->is_string()) {
      return Expected(where, "a string", value);
    }
    const std::string& wide = latin->get_ref<const std::string&>();
    for (size_t i = 0; i < wide.size(); ++i) {
      unsigned c = static_cast<unsigned char>(wide[i]);
      if (c >= 0x80) {
        if (c > 0xc3) return Fail(fmt::format("{}: a code point above 255", where));
        c = ((c & 0x03) << 6) | (static_cast<unsigned char>(wide[++i]) & 0x3f);
      }
      out += static_cast<char>(c);
    }
  }

  template <class T>
  void Number(const Json& value, const std::string& where, int64_t low, int64_t high, T& out) {
    if (!value.is_number_integer()) return Expected(where, "a whole number", value);
    bool fits = value.is_number_unsigned()
                    ? value.get<uint64_t>() <= static_cast<uint64_t>(high)
                    : value.get<int64_t>() >= low && value.get<int64_t>() <= high;
    if (!fits) return Fail(fmt::format("{}: {} is out of range", where, value.dump()));
    out = static_cast<T>(value.get<int64_t>());
  }

  std::string error_;
};

void ReadGoroutine(Reader& r, const Json& value, const std::string& at, TraceGoroutine& out) {
  r.Read(value, at, "number", out.number);
  r.Read(value, at, "name", out.name);
  r.Read(value, at, "path", out.path);
  r.Read(value, at, "created_at", out.created_at);
  r.Read(value, at, "created_by", out.created_by);
  r.Read(value, at, "system", out.system);
  r.Read(value, at, "state", out.state);
  r.Read(value, at, "at", out.at);
  r.Each(value, at, "stack", [&](const Json& frame, const std::string& where) {
    r.Site(frame, where, out.stack.emplace_back());
  });
  r.ReadOptional(value, at, "waiting", out.waiting);
  r.ReadOptional(value, at, "waits_for", out.waits_for);
  r.ReadOptional(value, at, "unseen", out.unseen);
}

void ReadObject(Reader& r, const Json& value, const std::string& at, TraceObject& out) {
  r.Read(value, at, "number", out.number);
  r.Read(value, at, "kind", out.kind);
  r.Read(value, at, "name", out.name);
  r.Read(value, at, "path", out.path);
  r.Read(value, at, "created_at", out.created_at);
  r.ReadOptional(value, at, "detail", out.detail);
  r.ReadOptional(value, at, "parent", out.parent);
}

void ReadEvent(Reader& r, const Json& value, const std::string& at, TraceEvent& out) {
  r.Read(value, at, "index", out.index);
  r.Read(value, at, "category", out.category);
  r.Each(value, at, "parts", [&](const Json& element, const std::string& where) {
    TracePart& part = out.parts.emplace_back();
    r.Read(element, where, "goroutine", part.goroutine);
    r.Read(element, where, "site", part.site);
    r.Read(element, where, "operation", part.operation);
    r.Read(element, where, "text", part.text);
    r.Read(element, where, "value", part.value);
    if (r.Has(element, "object")) r.Read(element, where, "object", part.object);
  });
  r.Read(value, at, "objects", out.objects);
  r.Read(value, at, "ready", out.ready);
  r.Read(value, at, "causal", out.causal);
  r.Read(value, at, "synchronizes", out.synchronizes);
  r.Read(value, at, "deltas", out.deltas);
  if (r.Has(value, "states")) {
    r.Each(value, at, "states", [&](const Json& element, const std::string& where) {
      TraceState& state = out.states.emplace_back();
      r.Read(element, where, "object", state.object);
      r.Read(element, where, "state", state.state);
    });
  }
  if (r.Has(value, "able")) r.Read(value, at, "able", out.able);
  r.Read(value, at, "time_ns", out.time_ns);
  r.ReadOptional(value, at, "switched", out.switched);
}

void ReadFinding(Reader& r, const Json& value, const std::string& at, TraceFinding& out) {
  r.Read(value, at, "kind", out.kind);
  r.Read(value, at, "severity", out.severity);
  r.Read(value, at, "message", out.message);
  r.Read(value, at, "goroutines", out.goroutines);
  r.Read(value, at, "locations", out.locations);
  r.Read(value, at, "event", out.event);
  r.ReadOptional(value, at, "no_return", out.no_return);
  r.ReadOptional(value, at, "no_return_exact", out.no_return_exact);
  if (r.Has(value, "cycle_start")) r.Read(value, at, "cycle_start", out.cycle_start);
}

// Numbers that name something must name something that is there.
void CheckReferences(Reader& r, const Trace& trace) {
  std::set<int> goroutines, objects;
  for (const TraceGoroutine& g : trace.goroutines) {
    if (g.number < 1 || !goroutines.insert(g.number).second) {
      r.Fail(fmt::format("goroutine number {} is used twice or below 1", g.number));
    }
  }
  for (const TraceObject& object : trace.objects) {
    if (object.number < 1 || !objects.insert(object.number).second) {
      r.Fail(fmt::format("object number {} is used twice or below 1", object.number));
    }
  }
  auto object_is_listed = [&](const std::string& who, int object) {
    if (!objects.contains(object)) {
      r.Fail(fmt::format("{} names object {}, which is not listed", who, object));
    }
  };
  for (const TraceGoroutine& g : trace.goroutines) {
    for (int object : g.waits_for) object_is_listed(fmt::format("goroutine {}", g.number), object);
    for (int object : g.unseen) object_is_listed(fmt::format("goroutine {}", g.number), object);
  }
  for (const TraceObject& object : trace.objects) {
    // A context is listed after what it was derived from, so the tree has no cycle.
    if (object.parent != 0 &&
        (!objects.contains(object.parent) || object.parent >= object.number)) {
      r.Fail(fmt::format("object {} names parent {}, which is not listed before it", object.number,
                         object.parent));
    }
  }
  for (size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    int index = static_cast<int>(i) + 1;
    if (event.index != index) {
      return r.Fail(
          fmt::format("\"events\"[{}].index should be {}, it is {}", i, index, event.index));
    }
    for (const TracePart& part : event.parts) {
      if (part.goroutine != 0 && !goroutines.contains(part.goroutine)) {
        r.Fail(
            fmt::format("event {} names goroutine {}, which is not listed", index, part.goroutine));
      }
    }
    const std::string who = fmt::format("event {}", index);
    for (int object : event.objects) object_is_listed(who, object);
    for (const TraceState& state : event.states) object_is_listed(who, state.object);
    for (const TracePart& part : event.parts) {
      if (part.object != 0) object_is_listed(who, part.object);
    }
    for (const std::vector<int>* earlier : {&event.causal, &event.synchronizes}) {
      for (int cause : *earlier) {
        if (cause < 1 || cause >= index) {
          r.Fail(
              fmt::format("event {} comes after event {}, which is not before it", index, cause));
        }
      }
    }
  }
  for (const TraceFinding& finding : trace.findings) {
    if (finding.event > static_cast<int>(trace.events.size())) {
      r.Fail(fmt::format("the finding is at event {}, there are {}", finding.event,
                         trace.events.size()));
    }
    if (finding.no_return > static_cast<int>(trace.events.size())) {
      r.Fail(fmt::format("the point of no return is event {}, there are {}", finding.no_return,
                         trace.events.size()));
    }
    if (finding.cycle_start > static_cast<int>(trace.events.size())) {
      r.Fail(fmt::format("what repeats forever begins at event {}, there are {}",
                         finding.cycle_start, trace.events.size()));
    }
    for (int g : finding.goroutines) {
      if (!goroutines.contains(g)) {
        r.Fail(fmt::format("the finding names goroutine {}, which is not listed", g));
      }
    }
  }
}

// "line 3, column 7" of a byte offset.
std::string Place(std::string_view text, size_t offset) {
  offset = std::min(offset, text.size());
  size_t line = 1 + std::count(text.begin(), text.begin() + offset, '\n');
  size_t start = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  size_t column = offset - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return fmt::format("line {}, column {}", line, column);
}

std::expected<Json, std::string> Parse(std::string_view text) {
  auto limit_depth = [](int depth, Json::parse_event_t, Json&) {
    if (depth > kMaxDepth) throw std::length_error("nested too deeply");
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), limit_depth);
  } catch (const Json::parse_error& e) {
    size_t at = e.byte == 0 ? 0 : e.byte - 1;
    if (at >= text.size()) return std::unexpected("the document ends too early: it is cut off");
    return std::unexpected("not JSON: unexpected text at " + Place(text, at));
  } catch (const std::exception&) {
    return std::unexpected("not a trace: the document is nested too deeply");
  }
}

}  // namespace

std::string TraceSite::ToString() const {
  if (line == 0) return "?";
  if (column == 0) return fmt::format("{}:{}", file, line);
  return fmt::format("{}:{}:{}", file, line, column);
}

std::string_view Name(OpCategory category) {
  switch (category) {
    case OpCategory::kSpawn:
      return "spawn";
    case OpCategory::kJoin:
      return "join";
    case OpCategory::kSend:
      return "send";
    case OpCategory::kReceive:
      return "receive";
    case OpCategory::kSelect:
      return "select";
    case OpCategory::kClose:
      return "close";
    case OpCategory::kLock:
      return "lock";
    case OpCategory::kUnlock:
      return "unlock";
    case OpCategory::kWait:
      return "wait";
    case OpCategory::kSignal:
      return "signal";
    case OpCategory::kAtomic:
      return "atomic";
    case OpCategory::kTimer:
      return "timer";
    case OpCategory::kContext:
      return "context";
    case OpCategory::kCancel:
      return "cancel";
    case OpCategory::kChoice:
      return "choice";
    case OpCategory::kYield:
      return "yield";
    case OpCategory::kPanic:
      return "panic";
    case OpCategory::kEnd:
      return "end";
    case OpCategory::kOther:
      return "other";
  }
  return "other";
}

std::string ToJson(const Trace& trace) {
  Writer w;
  w.Field("schema", kSchema);
  w.Field("program", TextToJson(trace.program));
  w.Field("program_hash", TextToJson(trace.program_hash));
  w.Field("entry", TextToJson(trace.entry));
  Json options = Json::object();
  for (const auto& [key, value] : trace.options) options[key] = TextToJson(value);
  w.Field("options", options);
  w.Field("schedule", TextToJson(trace.schedule));
  w.Field("fingerprint", TextToJson(trace.fingerprint));
  w.Rows("findings", trace.findings);
  w.Rows("operations", trace.operations);
  w.Rows("goroutines", trace.goroutines);
  w.Rows("objects", trace.objects);
  w.Rows("events", trace.events);
  w.Field("output", TextToJson(trace.output));
  if (!trace.sources.empty()) w.Rows("sources", trace.sources);
  return w.Finish();
}

std::expected<Trace, std::string> TraceFromJson(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return std::unexpected("the document is empty");
  }
  std::expected<Json, std::string> document = Parse(text);
  if (!document) return std::unexpected(document.error());
  const Json& json = *document;
  const std::string top = "the document";
  Reader r;
  std::string schema;
  r.Read(json, top, "schema", schema);
  if (!r.error().empty()) return std::unexpected("not a trace: " + r.error());
  if (schema != kSchema) {
    return std::unexpected(
        fmt::format("the schema is \"{}\", this version reads \"{}\"", schema, kSchema));
  }
  Trace trace;
  r.Read(json, top, "program", trace.program);
  r.Read(json, top, "program_hash", trace.program_hash);
  r.Read(json, top, "entry", trace.entry);
  r.Read(json, top, "options", trace.options);
  r.Read(json, top, "schedule", trace.schedule);
  r.Read(json, top, "fingerprint", trace.fingerprint);
  r.Each(json, top, "findings", [&](const Json& v, const std::string& at) {
    ReadFinding(r, v, at, trace.findings.emplace_back());
  });
  r.Each(json, top, "operations", [&](const Json& v, const std::string& at) {
    TraceOperation& operation = trace.operations.emplace_back();
    r.Read(v, at, "name", operation.name);
    r.Read(v, at, "category", operation.category);
  });
  r.Each(json, top, "goroutines", [&](const Json& v, const std::string& at) {
    ReadGoroutine(r, v, at, trace.goroutines.emplace_back());
  });
  r.Each(json, top, "objects", [&](const Json& v, const std::string& at) {
    ReadObject(r, v, at, trace.objects.emplace_back());
  });
  r.Each(json, top, "events", [&](const Json& v, const std::string& at) {
    ReadEvent(r, v, at, trace.events.emplace_back());
  });
  r.Read(json, top, "output", trace.output);
  if (r.Has(json, "sources")) {
    r.Each(json, top, "sources", [&](const Json& v, const std::string& at) {
      TraceSource& source = trace.sources.emplace_back();
      r.Read(v, at, "file", source.file);
      r.Read(v, at, "text", source.text);
    });
  }
  if (r.error().empty()) CheckReferences(r, trace);
  if (!r.error().empty()) return std::unexpected(r.error());
  return trace;
}

}  // namespace heddle::sim
