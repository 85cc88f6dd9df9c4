// SPDX-License-Identifier: Apache-2.0
//
// From an allocation to a name: the variable or the target of the assignment it was made for, then
// the way through fields and elements.
#include "models/golang/vm/origins.h"

#include <fmt/format.h>

#include <string>

#include "models/golang/vm/machine.h"

namespace heddle::golang::vm {
namespace {

// ".mu", "[3].done": from a value of the type to what lies so many bytes into it.
std::string PathTo(const RType* type, uint64_t offset) {
  std::string path;
  for (;;) {
    if (type->package == "sync" || type->package == "sync/atomic" || type->package == "context")
      return path;
    if (type->kind == Kind::kArray && type->elem->size != 0) {
      path += fmt::format("[{}]", offset / type->elem->size);
      offset %= type->elem->size;
      type = type->elem;
    } else if (type->kind == Kind::kStruct) {
      const RField* inside = nullptr;
      for (const RField& field : type->fields) {
        if (offset >= field.offset && offset < field.offset + field.type->size) inside = &field;
      }
      if (inside == nullptr) return path;
      path += "." + inside->name;
      offset -= inside->offset;
      type = inside->type;
    } else {
      return path;
    }
  }
}

// The variable that lives in the heap at the address which instruction `at` puts into `target`.
std::string VariableName(const Function& function, uint32_t at, uint32_t target) {
  if (target == kNoRegister) return "";
  uint32_t limit = static_cast<uint32_t>(function.code.size());
  for (uint32_t i = at + 1; i < limit; ++i) {
    if (function.code[i].op == Op::kNew && function.code[i].a == target) limit = i;
  }
  const LocalVariable* best = nullptr;
  for (const LocalVariable& v : function.variables) {
    if (!v.is_boxed || v.is_capture || v.offset != target) continue;
    // Declared right after, or renewed for the next round of a loop.
    const bool declared = v.begin > at && v.begin <= limit && v.begin <= at + 8;
    const bool renewed = v.begin <= at && at < v.end;
    if (declared || (renewed && best == nullptr)) best = &v;
    if (declared) break;
  }
  return best == nullptr ? "" : best->name;
}

}  // namespace

void Origins::Note(const Goroutine& g, const void* memory, const RType* type, uint32_t target) {
  Add(g, memory, {.type = type, .bytes = type->size, .target = target});
}

void Origins::NoteSlice(const Goroutine& g, const void* memory, const RType* elem, int64_t count) {
  Add(g, memory,
      {.type = elem,
       .bytes = elem->size * static_cast<uint64_t>(count),
       .is_slice = true,
       .target = kNoRegister});
}

void Origins::NoteChannel(const Goroutine& g, const void* memory, int64_t capacity) {
  Add(g, memory, {.bytes = 1, .capacity = capacity, .target = kNoRegister});
}

void Origins::Add(const Goroutine& g, const void* memory, Allocation allocation) {
  const Machine& machine = g.machine();
  if (allocations_.size() >= kMost || !g.machine().heap().Contains(memory)) return;
  for (uint32_t i = g.depth; i > 0 && allocation.num_sites < kFrames; --i) {
    const Frame& frame = g.frames[i - 1];
    if (frame.function->native != nullptr) continue;
    const uint64_t site = machine.MakeSite(frame.function, frame.current());
    if (allocation.innermost == 0) allocation.innermost = site;
    if (!machine.IsStandard(*frame.function)) {
      allocation.sites[allocation.num_sites++] = site;
    } else if (allocation.num_sites == 0) {
      allocation.callee = site;
    }
  }
  const HeapIdentity id = g.machine().heap().Identify(memory);
  allocations_[{uint64_t{id.owner.value} << 32 | id.chunk, id.offset}] = allocation;
}

sim::ObjectOrigin Origins::Find(const Machine& machine, const HeapIdentity& id) const {
  sim::ObjectOrigin origin;
  const uint64_t chunk = uint64_t{id.owner.value} << 32 | id.chunk;
  auto it = allocations_.upper_bound({chunk, id.offset});
  if (it == allocations_.begin()) return origin;
  --it;
  const Allocation& a = it->second;
  const uint64_t inside = id.offset - it->first.second;
  if (it->first.first != chunk || inside >= a.bytes) return origin;
  const Program& program = machine.program();
  const bool channel = a.type == nullptr;
  const bool standard = a.innermost != 0 && machine.IsStandard(machine.FunctionOfSite(a.innermost));
  const std::string package = standard ? machine.FunctionOfSite(a.innermost).package : "";
  std::string name;
  if (!channel && !standard) {
    name = VariableName(machine.FunctionOfSite(a.innermost), static_cast<uint32_t>(a.innermost),
                        a.target);
  }
  std::string suffix, base;
  for (size_t i = 0; i < a.num_sites && name.empty(); ++i) {
    auto found =
        program.creation_names.find(Program::PositionKey(machine.PositionOfSite(a.sites[i])));
    if (found == program.creation_names.end()) continue;
    const CreationName& n = found->second;
    if (n.relative_from == 0) {
      name = n.name + suffix;
    } else if (base.empty()) {
      base = n.name;
      suffix = n.name.substr(n.relative_from);
    }
  }
  if (name.empty()) name = base;
  if (channel) {
    origin.detail = a.capacity == 0 ? "unbuffered" : fmt::format("capacity {}", a.capacity);
    if (package == "context" && !name.empty()) name += ".Done()";
    const std::string callee = a.callee != 0 ? machine.FunctionOfSite(a.callee).name : "";
    if (callee == "time.NewTimer" || callee == "time.NewTicker") name += name.empty() ? "" : ".C";
    if (standard && name.empty()) name = callee;
  } else {
    std::string path;
    if (a.is_slice) path = fmt::format("[{}]", inside / a.type->size);
    path += PathTo(a.type, a.is_slice ? inside % a.type->size : inside);
    if (name.empty() && !path.empty() && a.type->is_named && !standard) name = a.type->base_name;
    if (!name.empty()) name += path;
    if (package == "context" && a.callee != 0) {
      origin.detail = machine.FunctionOfSite(a.callee).name;
    }
  }
  if (a.num_sites > 0) origin.made_at = machine.TraceSiteOf(a.sites[0]);
  origin.name = std::move(name);
  return origin;
}

sim::ObjectOrigin GlobalOrigin(const Machine& machine, uint64_t offset) {
  sim::ObjectOrigin origin;
  const Program& program = machine.program();
  const GlobalVariable* global = program.FindGlobal(offset);
  if (global == nullptr) return origin;
  origin.name = global->name;
  if (origin.name.starts_with("main.")) origin.name.erase(0, 5);
  origin.name += PathTo(global->type, offset - global->offset);
  const CodePosition& at = global->position;
  origin.made_at = {.file = at.file < program.files.size() ? program.files[at.file] : "",
                    .line = static_cast<int>(at.line),
                    .column = at.column,
                    .function = ""};
  return origin;
}

}  // namespace heddle::golang::vm
