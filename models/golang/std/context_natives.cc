// SPDX-License-Identifier: Apache-2.0
// Natives of context: the tree of contexts that can be cancelled, over the operations of
// models/sync.
//
// The state of a node is the Go struct context.node; this file does what sync::ContextCancel and
// its kin do for C++, without owning memory. Source: semantics of the gc library; the operations
// are those of context_rules.h.
#include <algorithm>
#include <array>
#include <vector>

#include "models/golang/std/natives.h"
#include "models/golang/std/timers.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {
namespace {

using sim::Operand;
using vm::GoChan;
using vm::GoFunc;
using vm::GoInterface;
using vm::Goroutine;
using vm::NativeCall;
using vm::Stopped;

// context.node. Children are linked in the order in which they were attached.
struct Node {
  GoChan* done;
  GoInterface err;
  GoInterface cause;
  GoFunc function;
  GoTimer* timer;  // of a deadline
  Node* parent;
  Node* children;
  Node* sibling;
  bool cancelled;
};

Operand NodeOperand(NativeCall& call, const Node* node) {
  return {call.machine().ObjectAt(node), 0, 0};
}
Operand DoneOperand(const Node* node) { return {node->done->object(), 0, 0}; }

sim::Result Perform(NativeCall& call, sync::Op code, std::span<const Operand> operands,
                    int64_t arg = 0) {
  return vm::Visible(&call.goroutine(), [&](sim::Execution& ex, sync::CallSite at) {
    sim::PendingOp op;
    op.operation.code = code;
    op.operation.num_operands = static_cast<uint16_t>(operands.size());
    op.operation.operands = operands.data();
    op.operation.arg = arg;
    op.operation.await_from = at.await_from;
    op.site = at.site;
    return ex.Perform(op);
  });
}

bool Over(NativeCall& call) { return Stopped(&call.goroutine()); }

// The node has been cancelled: notes why, and starts its function.
void Cancelled(NativeCall& call, Node* node, const GoInterface& err, const GoInterface& cause) {
  node->cancelled = true;
  node->err = err;
  node->cause = cause;
  if (node->function.closure != nullptr) {
    const Function& callee = call.program().functions[*node->function.closure];
    vm::StartGoroutine(&call.goroutine(), &callee, node->function.closure, nullptr);
  }
}

void Unlink(Node* parent, const Node* child) {
  for (Node** at = &parent->children; *at != nullptr; at = &(*at)->sibling) {
    if (*at == child) {
      *at = child->sibling;
      return;
    }
  }
}

void Detach(NativeCall& call, Node* node) {
  if (node->parent == nullptr) {
    return;
  }
  const std::array<Operand, 2> operands = {NodeOperand(call, node->parent),
                                           NodeOperand(call, node)};
  Perform(call, sync::kCtxDetach, operands);
  if (!Over(call)) {
    Unlink(node->parent, node);
  }
}

void StopTimer(NativeCall& call, const Node* node) {
  if (node->timer != nullptr) {
    node->timer->Stop(call);
  }
}

// Cancels the children, in an order that is chosen, and theirs.
void Propagate(NativeCall& call, Node* node) {
  std::vector<Node*> children;
  for (Node* child = node->children; child != nullptr; child = child->sibling) {
    children.push_back(child);
  }
  // Which child an alternative means must not depend on the order in which unrelated goroutines
  // attached theirs.
  const sim::PathTable& paths = vm::ExecutionOf(&call.goroutine()).paths();
  std::sort(children.begin(), children.end(), [&](const Node* a, const Node* b) {
    return paths.Earlier(NodeOperand(call, a).object, NodeOperand(call, b).object);
  });
  std::vector<Operand> operands = {NodeOperand(call, node)};
  for (const Node* child : children) {
    operands.push_back(NodeOperand(call, child));
    operands.push_back(DoneOperand(child));
  }
  for (size_t left = children.size(); left > 0; --left) {
    const sim::Result result =
        Perform(call, sync::kCtxPropagate, operands, static_cast<int64_t>(children.size()));
    if (Over(call)) {
      return;
    }
    if (!result.flag) {
      continue;
    }
    Node* child = children[static_cast<size_t>(result.alternative)];
    Cancelled(call, child, node->err, node->cause);
    if (!Over(call) && result.value > 0) {
      Propagate(call, child);
    }
    if (!Over(call)) {
      StopTimer(call, child);
    }
    if (Over(call)) {
      return;
    }
  }
  node->children = nullptr;
  Perform(call, sync::kCtxFinish, std::span(operands).first(1));
}

void Attach(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  auto* parent = call.Arg<Node*>();
  const std::array<Operand, 3> operands = {NodeOperand(call, node), DoneOperand(node),
                                           NodeOperand(call, parent)};
  const sim::Result result = Perform(call, sync::kCtxAttach, operands);
  if (Over(call)) {
    return;
  }
  if (result.flag) {
    Cancelled(call, node, parent->err, parent->cause);
  } else {
    node->parent = parent;
    Node** last = &parent->children;
    while (*last != nullptr) {
      last = &(*last)->sibling;
    }
    *last = node;
  }
  call.Return(result.flag);
}

void Cancel(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  const auto err = call.Arg<GoInterface>();
  const auto cause = call.Arg<GoInterface>();
  const std::array<Operand, 2> operands = {NodeOperand(call, node), DoneOperand(node)};
  const sim::Result result = Perform(call, sync::kCtxCancel, operands);
  if (Over(call)) {
    return;
  }
  if (result.flag) {
    Cancelled(call, node, err, cause);
    if (!Over(call) && result.value > 0) {
      Propagate(call, node);
    }
    if (!Over(call)) {
      Detach(call, node);
    }
    if (!Over(call)) {
      StopTimer(call, node);
    }
    if (Over(call)) {
      return;
    }
  }
  call.Return(result.flag);
}

void Stop(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  const std::array<Operand, 1> operands = {NodeOperand(call, node)};
  const sim::Result result = Perform(call, sync::kCtxStop, operands);
  if (!Over(call) && result.flag) {
    Detach(call, node);
  }
  if (!Over(call)) {
    call.Return(result.flag);
  }
}

void ErrOf(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  const std::array<Operand, 1> operands = {NodeOperand(call, node)};
  const sim::Result result = Perform(call, sync::kCtxErr, operands);
  if (Over(call)) {
    return;
  }
  call.Return(result.flag ? node->err : GoInterface{});
  call.Return(result.flag ? node->cause : GoInterface{});
}

void NewTimer(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  node->timer = GoTimer::New(call, nullptr, call.Arg<GoFunc>(), false, {});
}

void ArmTimer(NativeCall& call) {
  auto* node = call.Arg<Node*>();
  node->timer->Arm(call, call.Arg<int64_t>());
}

// Named after the function of a standard package that the program called.
void Made(NativeCall& call) {
  const auto* node = call.Arg<const Node*>();
  const Goroutine& g = call.goroutine();
  const char* made_by = "context";
  for (uint32_t i = g.depth; i > 0; --i) {
    const Function& function = *g.frames[i - 1].function;
    if (!call.machine().IsStandard(function)) break;
    if (function.native == nullptr) made_by = function.name.c_str();
  }
  if (sim::Execution* execution = call.machine().execution()) {
    execution->NoteOrigin(node->done->object(), made_by, true, g.Site());
  }
}

void IsComparable(NativeCall& call) { call.Return(call.Arg<GoInterface>().type->is_comparable); }

void TypeName(NativeCall& call) { call.ReturnString(call.Arg<GoInterface>().type->name); }

}  // namespace

void AddContextNatives(vm::NativeTable* table) {
  table->Add("context.attach", &Attach);
  table->Add("context.cancel", &Cancel);
  table->Add("context.stop", &Stop);
  table->Add("context.errOf", &ErrOf);
  table->Add("context.newTimer", &NewTimer);
  table->Add("context.armTimer", &ArmTimer);
  table->Add("context.made", &Made);
  table->Add("context.isComparable", &IsComparable);
  table->Add("context.typeName", &TypeName);
}

}  // namespace heddle::golang
