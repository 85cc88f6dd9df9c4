// SPDX-License-Identifier: Apache-2.0
//
// What detectors and reports see of a goroutine: names, stacks, and the objects it can reach.
#include <unordered_set>
#include <utility>
#include <vector>

#include "models/golang/vm/goroutine.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/map.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang::vm {

namespace {

template <typename T>
T Get(const void* value) {
  T out;
  std::memcpy(&out, value, sizeof(T));
  return out;
}

// Follows values by their types, each address once, to the objects that can tell a goroutine to
// stop: channels of struct{}, and contexts by their Done channels. What lies behind an address is
// put off, for chains of pointers may be longer than any stack.
class Walk {
 public:
  enum class For : uint8_t { kSignals, kCancels };
  // kCancels: visits the Done channels of the contexts whose cancel functions it meets instead.
  Walk(const Machine& machine, const std::function<void(sim::ObjectId)>& visit, For what)
      : machine_(machine), visit_(visit), what_(what) {}

  // Follows what has been put off.
  void Finish() {
    while (!pending_.empty()) {
      const Pending next = pending_.back();
      pending_.pop_back();
      if (next.closure != nullptr) {
        Captures(next.closure);
      } else if (next.map != nullptr) {
        Map(next.type, next.map);
      } else {
        Value(next.type, next.at);
      }
    }
  }

  void Value(const RType* type, const uint8_t* at) {
    if (!type->has_pointers || ++steps_ > kMaxSteps) return;
    switch (type->kind) {
      case Kind::kChan:
        if (type->elem->kind == Kind::kStruct && type->elem->fields.empty())
          Signal(Get<const GoChan*>(at));
        break;
      case Kind::kPointer:
        Follow(type->elem, Get<const uint8_t*>(at));
        break;
      case Kind::kInterface: {
        const auto iface = Get<GoInterface>(at);
        if (iface.type != nullptr) {
          if (iface.type->is_direct) {
            Value(iface.type, reinterpret_cast<const uint8_t*>(&iface.data));
          } else {
            Follow(iface.type, reinterpret_cast<const uint8_t*>(iface.data));
          }
        }
        break;
      }
      case Kind::kSlice: {
        const auto slice = Get<GoSlice>(at);
        for (int64_t i = 0; i < slice.length && type->elem->has_pointers; ++i) {
          Follow(type->elem, slice.data + static_cast<uint64_t>(i) * type->elem->size);
        }
        break;
      }
      case Kind::kArray:
        for (uint64_t i = 0; i < type->length; ++i) Value(type->elem, at + i * type->elem->size);
        break;
      case Kind::kStruct:
        Struct(type, at);
        break;
      case Kind::kMap: {
        auto* map = Get<GoMap*>(at);
        if (map != nullptr && seen_.insert(map).second)
          pending_.push_back({.type = type, .map = map});
        break;
      }
      case Kind::kFunc:
        Closure(Get<const uint64_t*>(at));
        break;
      default:
        break;
    }
  }

  void Closure(const uint64_t* closure) {
    if (closure != nullptr && seen_.insert(closure).second)
      pending_.push_back({.closure = closure});
  }

  void Variable(const LocalVariable& variable, const uint8_t* at) {
    if (variable.is_boxed) {
      Follow(variable.type, Get<const uint8_t*>(at));
    } else {
      Value(variable.type, at);
    }
  }

 private:
  static constexpr int kMaxSteps = 100'000;

  // A value behind an address, a map, or a closure.
  struct Pending {
    const RType* type = nullptr;
    const uint8_t* at = nullptr;
    GoMap* map = nullptr;
    const uint64_t* closure = nullptr;
  };

  void Captures(const uint64_t* closure) {
    const Function& function = machine_.program().functions[*closure];
    // To hold a cancel function is not to hold the context.
    if (function.package == "context" && what_ == For::kSignals) return;
    const bool was_inside = std::exchange(inside_cancel_, function.package == "context");
    for (const LocalVariable& variable : function.variables) {
      if (!variable.is_capture) continue;
      const auto* at = reinterpret_cast<const uint8_t*>(closure + 1) + variable.offset;
      if (inside_cancel_) {
        Cancelled(variable, at);
      } else {
        Variable(variable, at);
      }
    }
    inside_cancel_ = was_inside;
  }

  // A capture of a cancel function: the context that it cancels.
  void Cancelled(const LocalVariable& variable, const uint8_t* at) {
    const RType* type = variable.type;
    if (type->kind != Kind::kPointer) return;
    const auto* context = Get<const uint8_t*>(at);
    if (variable.is_boxed && context != nullptr) context = Get<const uint8_t*>(context);
    if (context != nullptr && type->elem->kind == Kind::kStruct) Struct(type->elem, context);
  }

  void Signal(const GoChan* channel) {
    if (channel != nullptr && (what_ == For::kSignals || inside_cancel_)) {
      visit_(channel->object());
    }
  }

  // Of a context that can be cancelled by itself only its own Done channel counts, not those of the
  // parents it hides.
  void Struct(const RType* type, const uint8_t* at) {
    const bool is_context = type->package == "context";
    for (const RField& field : type->fields) {
      if (is_context && field.type->name == "context.node") {
        Signal(Get<const GoChan*>(at + field.offset));
        return;
      }
    }
    for (const RField& field : type->fields) {
      Value(field.type, at + field.offset);
      if (is_context && field.type->name == "context.cancelCtx") return;
    }
  }

  void Follow(const RType* type, const uint8_t* at) {
    if (at == nullptr || !type->has_pointers || steps_ > kMaxSteps || !seen_.insert(at).second)
      return;
    pending_.push_back({.type = type, .at = at});
  }

  void Map(const RType* type, GoMap* map) {
    MapIterator iterator = {};
    iterator.map = map;
    iterator.slots = map->used;
    iterator.step = 1;
    for (;;) {
      const uint8_t* key = nullptr;
      const uint8_t* value = nullptr;
      MapNext(&iterator, &key, &value);
      if (key == nullptr) return;
      Value(type->key, key);
      Value(type->elem, value);
    }
  }

  const Machine& machine_;
  const std::function<void(sim::ObjectId)>& visit_;
  For what_;
  bool inside_cancel_ = false;
  std::unordered_set<const void*> seen_;  // only asked, never iterated
  std::vector<Pending> pending_;
  int steps_ = 0;
};

}  // namespace

std::string Goroutine::Name() const {
  if (creator == nullptr) return "main";
  return entry == nullptr ? "?" : entry->name;
}

sim::TraceSite Goroutine::Site(uint64_t site) const { return machine_->TraceSiteOf(site); }

std::vector<sim::TraceSite> Goroutine::Stack() const {
  constexpr uint32_t kMax = 100;  // frames shown
  std::vector<sim::TraceSite> stack;
  for (uint32_t i = depth; i > 0 && stack.size() < kMax; --i) {
    const Frame& frame = frames[i - 1];
    if (frame.function->is_wrapper) continue;
    if (frame.function->native != nullptr) {
      stack.push_back({.file = "", .line = 0, .column = 0, .function = frame.function->name});
      continue;
    }
    stack.push_back(machine_->TraceSiteOf(machine_->MakeSite(frame.function, frame.current())));
  }
  return stack;
}

sim::TraceSite Goroutine::CreatedAt() const {
  return creator == nullptr ? sim::TraceSite{} : machine_->TraceSiteOf(created_site);
}

namespace {

// Everything that the frames of a goroutine hold in variables that are in scope.
void Frames(const Goroutine& g, Walk* walk) {
  for (uint32_t i = 0; i < g.depth; ++i) {
    const Frame& frame = g.frames[i];
    if (frame.function->native != nullptr) continue;
    if (frame.function->closure_slot != kNoRegister) {
      walk->Closure(Get<const uint64_t*>(frame.fp + frame.function->closure_slot));
    }
    const auto pc = static_cast<uint32_t>(frame.pc - frame.function->code.data());
    for (const LocalVariable& variable : frame.function->variables) {
      if (variable.is_capture || pc < variable.begin || pc > variable.end) continue;
      walk->Variable(variable, frame.fp + variable.offset);
    }
  }
}

}  // namespace

void Goroutine::Reachable(const std::function<void(sim::ObjectId)>& visit) const {
  Walk walk(*machine_, visit, Walk::For::kSignals);
  Frames(*this, &walk);
  walk.Finish();
}

void Goroutine::CanCancel(const std::function<void(sim::ObjectId)>& visit) const {
  Walk walk(*machine_, visit, Walk::For::kCancels);
  Frames(*this, &walk);
  for (uint32_t i = 0; i < depth; ++i) {
    for (DeferRecord* d = frames[i].defers; d != nullptr; d = d->next) {
      walk.Closure(d->closure);
    }
  }
  walk.Finish();
}

bool Goroutine::IsMapAccess(uint64_t site) const {
  const Function& function = machine_->FunctionOfSite(site);
  const auto at = static_cast<uint32_t>(site);
  if (at >= function.code.size()) return false;
  switch (function.code[at].op) {
    case Op::kMapGet:
    case Op::kMapGet2:
    case Op::kMapSet:
    case Op::kMapDelete:
    case Op::kMapClear:
    case Op::kMapIter:
    case Op::kMapNext:
      return true;
    default:
      return false;
  }
}

}  // namespace heddle::golang::vm
