// SPDX-License-Identifier: Apache-2.0
//
// Calls: functions, methods, func values, interface methods; with go and defer; variadic and
// forwarded arguments.
//
// Arguments are put directly at their places in the window, results are used where the callee
// leaves them. Source: bytecode.h, CALLS; the Go specification, "Calls", "Go statements", "Defer
// statements".
#include "models/golang/bytecode/compile_function.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

uint32_t FunctionCompiler::ResultsSize(const types::Signature* signature) {
  uint32_t size = 0;
  for (const types::Param& result : signature->results) size += SlotSize(Size(result.type));
  return size;
}

// People look for the name of what is called; the line is that of the '(', as in gc.
CodePosition FunctionCompiler::PlaceOfCall(const CallExpr* call, Pos* pos) {
  *pos = StartPos(call);
  const CodePosition open = program_.Place(call->pos);
  const CodePosition start = program_.Place(*pos);
  if (start.line == open.line) return start;
  const auto* selector = As<SelectorExpr>(Unparen(call->fun));
  *pos = selector != nullptr ? selector->sel->pos : call->pos;
  return program_.Place(*pos);
}

void FunctionCompiler::AtCall(const CallExpr* call) {
  Pos pos;
  const CodePosition place = PlaceOfCall(call, &pos);
  b().SetPosition(pos, place);
}

// The function that an expression names, if it names one.
const types::Func* FunctionCompiler::StaticFunction(const Expr* fun) const {
  fun = Unparen(fun);
  if (const auto* index = As<IndexExpr>(fun)) fun = Unparen(index->x);
  if (const auto* ident = As<Ident>(fun)) return types::ToObject<types::Func>(info_->Use(ident));
  if (const auto* selector = As<SelectorExpr>(fun)) {
    if (info_->SelectionOf(selector) == nullptr) {
      return types::ToObject<types::Func>(info_->Use(selector->sel));
    }
  }
  return nullptr;
}

MethodTarget FunctionCompiler::TargetOf(const types::Selection& selection) const {
  return {selection.path, selection.func, selection.interface, selection.method_index};
}

FunctionCompiler::Callee FunctionCompiler::CalleeOf(const CallExpr* e) {
  const Expr* fun = Unparen(e->fun);
  Callee callee;
  if (const types::Func* func = StaticFunction(fun)) {
    callee.function = program_.FunctionOf(func);
    callee.signature = func->signature();
    return callee;
  }
  if (const auto* selector = As<SelectorExpr>(fun)) {
    const types::Selection* selection = info_->SelectionOf(selector);
    if (selection != nullptr) {
      if (selection->kind == types::SelectionKind::kMethodValue ||
          selection->kind == types::SelectionKind::kInterfaceMethod) {
        return MethodCallee(selector, *selection);
      }
      if (selection->kind == types::SelectionKind::kMethodExpr) {
        callee.function = program_.MethodExpression(selection->receiver, TargetOf(*selection));
        callee.signature = types::UnderAs<types::Signature>(TypeOf(fun));
        return callee;
      }
    }
  }
  callee.kind = Callee::Kind::kClosure;
  callee.signature = types::UnderAs<types::Signature>(TypeOf(fun));
  callee.value = Operand(fun);
  return callee;
}

FunctionCompiler::Callee FunctionCompiler::MethodCallee(const SelectorExpr* e,
                                                        const types::Selection& selection) {
  const Place x = PlaceOf(e->x);
  At(e->sel->pos);
  return TargetCallee(Follow(x, selection.path), TargetOf(selection));
}

// `receiver` is what the path of the target leads to.
FunctionCompiler::Callee FunctionCompiler::TargetCallee(const Place& receiver,
                                                        const MethodTarget& target) {
  Callee callee;
  callee.signature = target.signature();
  if (target.func == nullptr) {
    const types::InterfaceMethod& method = target.interface->methods[target.method_index];
    callee.kind = Callee::Kind::kInterface;
    callee.value = PlaceOperand(receiver);
    callee.method = program_.types().Method(method.name, method.pkg, method.type);
    return callee;
  }
  callee.function = program_.FunctionOf(target.func);
  callee.has_receiver = true;
  const bool is_pointer = types::UnderAs<types::Pointer>(receiver.type) != nullptr;
  if (target.func->pointer_receiver) {
    callee.receiver = is_pointer ? PlaceOperand(receiver) : AddressOf(receiver);
    callee.receiver_type = is_pointer ? receiver.type : table().PointerTo(receiver.type);
  } else {
    // A defined pointer type has no methods: a pointer here is to the receiver.
    const Place value = is_pointer ? Deref(receiver) : receiver;
    callee.receiver = PlaceOperand(value);
    callee.receiver_type = value.type;
  }
  return callee;
}

FunctionCompiler::Window FunctionCompiler::OpenWindow(const Callee& callee) {
  Window window;
  window.base = b().top();
  window.receiver = window.base + ResultsSize(callee.signature);
  window.args = window.receiver;
  if (callee.kind == Callee::Kind::kInterface) window.args += 8;
  if (callee.has_receiver) window.args += SlotSize(Size(callee.receiver_type));
  window.end = window.args;
  for (const types::Param& param : callee.signature->params) {
    window.end += SlotSize(Size(param.type));
  }
  b().Reserve(window.end);
  return window;
}

void FunctionCompiler::EmitCall(const Callee& callee, const Window& window, CallMode mode) {
  auto pick = [&](Op call, Op go, Op defer) {
    return mode == CallMode::kCall ? call : mode == CallMode::kGo ? go : defer;
  };
  switch (callee.kind) {
    case Callee::Kind::kFunction:
      b().Emit(pick(Op::kCall, Op::kGo, Op::kDefer), window.base, callee.function);
      return;
    case Callee::Kind::kClosure:
      b().Emit(pick(Op::kCallClosure, Op::kGoClosure, Op::kDeferClosure), window.base,
               callee.value);
      return;
    case Callee::Kind::kInterface:
      b().Emit(pick(Op::kCallIface, Op::kGoIface, Op::kDeferIface), window.base, callee.value,
               callee.method);
      return;
  }
}

Reg FunctionCompiler::Call(const CallExpr* e) { return CallAs(e, CallMode::kCall); }

Reg FunctionCompiler::CallAs(const CallExpr* e, CallMode mode) {
  const Expr* fun = Unparen(e->fun);
  std::vector<const Expr*> operands;
  if (StaticFunction(fun) == nullptr) {
    const auto* selector = As<SelectorExpr>(fun);
    const bool method = selector != nullptr && info_->SelectionOf(selector) != nullptr;
    const Expr* operand = method ? selector->x : fun;
    if (Of(operand).mode != types::Mode::kType) operands.push_back(operand);
  }
  const bool forwards =
      e->args.size() == 1 && types::To<types::Tuple>(TypeOf(e->args[0])) != nullptr;
  Results forwarded;
  if (forwards) {
    // f(g()): g is called before anything is read for f.
    for (const Expr* operand : operands) Hoist(operand);
    forwarded = Tuple(e->args[0]);
  } else {
    operands.insert(operands.end(), e->args.begin(), e->args.end());
    Prepare(operands);
  }
  const Callee callee = CalleeOf(e);
  const Window window = OpenWindow(callee);
  if (callee.has_receiver) {
    b().Move(window.receiver, callee.receiver, Size(callee.receiver_type));
  }
  if (forwards) {
    ForwardedArguments(forwarded, callee.signature, window.args);
  } else {
    Arguments(e, callee.signature, window.args);
  }
  // A go statement stands where its keyword does: "created by" names that line.
  if (mode == CallMode::kGo) {
    At(go_pos_);
  } else {
    AtCall(e);
  }
  EmitCall(callee, window, mode);
  b().ReleaseTo(window.receiver);
  return window.base;
}

void FunctionCompiler::CallInto(const CallExpr* e, Reg to) {
  const types::TypeAndValue& fun = Of(e->fun);
  if (fun.mode == types::Mode::kType) return ConversionInto(e, to);
  if (fun.mode == types::Mode::kBuiltin) return BuiltinInto(e, fun.builtin, to);
  b().Move(to, Call(e), Size(TypeOf(e)));
}

void FunctionCompiler::Arguments(const CallExpr* e, const types::Signature* signature, Reg args) {
  const size_t fixed = signature->params.size() - (signature->variadic ? 1 : 0);
  Reg slot = args;
  for (size_t i = 0; i < fixed; i++) {
    const Type* type = signature->params[i].type;
    IntoAs(e->args[i], type, slot, true);
    slot += SlotSize(Size(type));
  }
  if (!signature->variadic) return;
  const Type* slice = signature->params.back().type;
  if (e->has_dots) {
    IntoAs(e->args[fixed], slice, slot, true);
  } else {
    VariadicInto({e->args.data() + fixed, e->args.size() - fixed}, slice, slot);
  }
}

void FunctionCompiler::VariadicInto(std::span<const Expr* const> values, const Type* slice,
                                    Reg to) {
  if (values.empty()) return b().Zero(to, Size(slice));
  const Reg mark = b().top();
  const Type* element = types::UnderAs<types::Slice>(slice)->elem;
  const uint64_t size = Size(element);
  const Reg regs = b().Alloc(size * values.size());
  for (size_t i = 0; i < values.size(); i++) {
    IntoAs(values[i], element, regs + static_cast<Reg>(size * i), true);
  }
  SliceOfValues(element, regs, static_cast<int64_t>(values.size()), to);
  b().ReleaseTo(mark);
}

void FunctionCompiler::ForwardedArguments(const Results& values, const types::Signature* signature,
                                          Reg args) {
  const size_t fixed = signature->params.size() - (signature->variadic ? 1 : 0);
  Reg slot = args;
  for (size_t i = 0; i < fixed; i++) {
    const Type* type = signature->params[i].type;
    ConvertInto(values.regs[i], values.types[i], type, slot);
    slot += SlotSize(Size(type));
  }
  if (!signature->variadic) return;
  const Type* element = types::UnderAs<types::Slice>(signature->params.back().type)->elem;
  const size_t count = values.regs.size() - fixed;
  if (count == 0) return b().Zero(slot, 24);
  const uint64_t size = Size(element);
  const Reg regs = b().Alloc(size * count);
  for (size_t i = 0; i < count; i++) {
    ConvertInto(values.regs[fixed + i], values.types[fixed + i], element,
                regs + static_cast<Reg>(size * i));
  }
  SliceOfValues(element, regs, static_cast<int64_t>(count), slot);
}

// ---- go and defer

void FunctionCompiler::GoOrDefer(const Expr* call, CallMode mode, Pos pos) {
  go_pos_ = pos;
  const auto* e = Cast<CallExpr>(Unparen(call));
  if (Of(e->fun).mode == types::Mode::kBuiltin) return GoOrDeferBuiltin(e, mode);
  CallAs(e, mode);
}

// The builtin becomes the body of a function that takes its operands.
void FunctionCompiler::GoOrDeferBuiltin(const CallExpr* call, CallMode mode) {
  const types::Builtin builtin = Of(call->fun).builtin;
  const std::vector<const Type*> params = BuiltinParameters(call, builtin);
  FunctionCompiler body(program_, *info_, package_, b().function().name + ".deferwrap");
  std::vector<Reg> slots;
  for (const Type* type : params) slots.push_back(body.AddSlot(type));
  Function& f = body.b().function();
  f.is_wrapper = true;
  const uint32_t args_size = body.b().top();
  f.args_size = args_size;
  for (const Type* type : params) f.params.push_back(program_.types().Of(type));
  body.At(call->pos);
  f.position = body.b().position();
  if (builtin == types::Builtin::kRecover) {
    body.b().Emit(Op::kRecover, body.b().Alloc(16));
  } else {
    body.EmitBuiltin(builtin, slots, params, body.b().Alloc(16));
  }
  body.b().Emit(Op::kRet);
  Callee callee;
  callee.function = program_.NewFunction();
  program_.SetFunction(callee.function, body.Finish());

  Prepare(call->args);
  Window window;
  window.base = b().top();
  b().Reserve(window.base + args_size);
  Reg slot = window.base;
  for (size_t i = 0; i < params.size(); i++) {
    IntoAs(call->args[i], params[i], slot, true);
    slot += SlotSize(Size(params[i]));
  }
  AtCall(call);
  EmitCall(callee, window, mode);
}

}  // namespace heddle::golang::compile
