// SPDX-License-Identifier: Apache-2.0
// Natives of reflect that call functions, and func values that reflect makes.
#include <cstring>
#include <vector>

#include "models/golang/std/natives.h"
#include "models/golang/std/reflect_value.h"
#include "models/golang/vm/interpret.h"
#include "models/golang/vm/machine.h"

namespace heddle::golang {
namespace {

using vm::GoFunc;
using vm::GoInterface;
using vm::GoSlice;
using vm::NativeCall;

uint64_t SlotsOf(const std::vector<const RType*>& types) {
  uint64_t bytes = 0;
  for (const RType* type : types) bytes += SlotSize(type->size);
  return bytes;
}

// Appends an argument to a frame.
void Append(std::vector<uint64_t>* slots, const void* value, uint64_t size) {
  const size_t at = slots->size();
  slots->resize(at + SlotSize(size) / 8);
  std::memcpy(slots->data() + at, value, size);
}

// A []Value with the values of these types that lie in slots one after the other.
GoSlice ValuesIn(NativeCall& call, const std::vector<const RType*>& types, const uint8_t* slots) {
  const auto count = static_cast<int64_t>(types.size());
  auto* values = static_cast<ReflectValue*>(call.Allocate(types.size() * sizeof(ReflectValue)));
  for (size_t i = 0; i < types.size(); ++i) {
    values[i] = ReflectValue::CopyOf(call, types[i], slots);
    slots += SlotSize(types[i]->size);
  }
  return {reinterpret_cast<uint8_t*>(values), count, count};
}

void Call(NativeCall& call) {
  const auto* closure = call.Arg<const uint64_t*>();
  const auto index = call.Arg<uint64_t>();
  const auto receiver = call.Arg<uint64_t>();
  const auto* type = call.Arg<const RType*>();
  const auto args = call.Arg<GoSlice>();
  const Function& function = call.program().functions[closure != nullptr ? *closure : index];
  std::vector<uint64_t> slots;
  if (closure == nullptr) slots.push_back(receiver);
  for (int64_t i = 0; i < args.length; ++i) {
    const ReflectValue& arg = reinterpret_cast<const ReflectValue*>(args.data)[i];
    Append(&slots, arg.Read(call), arg.type->size);
  }
  const uint8_t* out = vm::CallGo(&call.goroutine(), &function, closure, slots.data());
  if (out == nullptr) return;
  // The results lie where the next call would put its frame.
  const std::vector<uint8_t> results(out, out + SlotsOf(type->results));
  call.Return(ValuesIn(call, type->results, results.data()));
}

void MethodOf(NativeCall& call) {
  const auto value = call.Arg<ReflectValue>();
  const auto index = call.Arg<uint64_t>();
  const RMethod& method = *call.machine().type_maker().MethodsOf(value.type)[index];
  GoInterface receiver;
  if (value.type->IsInterface()) {
    receiver = value.Load<GoInterface>(call);
  } else {
    receiver = call.MakeInterface(value.type, value.Read(call));
  }
  call.Return(uint64_t{receiver.type->FindMethod(method.id)} - 1);
  call.Return(receiver.data);
  call.Return(method.type);
}

// ---- Func values that reflect makes

void ReturnStub(NativeCall& call, const FuncStub& stub) {
  const auto shape = std::pair(static_cast<uint32_t>(SlotsOf(stub.type->results)),
                               static_cast<uint32_t>(SlotsOf(stub.type->params)));
  const auto& stubs = call.program().func_stubs;
  const auto found = stubs.find(shape);
  if (found == stubs.end()) {
    call.Fatal("a function with so many parameters, of a type made by reflect, is not supported");
    return;
  }
  auto* closure = static_cast<uint64_t*>(call.Allocate(8 + sizeof(FuncStub)));
  closure[0] = found->second;
  std::memcpy(closure + 1, &stub, sizeof(FuncStub));
  call.Return(closure);
}

void MadeFunc(NativeCall& call) {
  FuncStub stub;
  stub.type = call.Arg<const RType*>();
  stub.handler = call.Arg<GoFunc>().closure;
  stub.check = call.Arg<GoFunc>().closure;
  ReturnStub(call, stub);
}

void MethodValue(NativeCall& call) {
  FuncStub stub;
  stub.what = FuncStub::What::kMethodValue;
  stub.type = call.Arg<const RType*>();
  stub.function = call.Arg<uint64_t>();
  stub.receiver = call.Arg<uint64_t>();
  ReturnStub(call, stub);
}

void MethodExpression(NativeCall& call) {
  FuncStub stub;
  stub.what = FuncStub::What::kMethodExpression;
  stub.type = call.Arg<const RType*>();
  const auto* receiver = call.Arg<const RType*>();
  const RMethod& method = *call.machine().type_maker().MethodsOf(receiver)[call.Arg<uint64_t>()];
  stub.function = method.function;
  stub.receiver = reinterpret_cast<uint64_t>(receiver);
  ReturnStub(call, stub);
}

// The function of MakeFunc gets and returns values.
void CallHandler(NativeCall& call, const FuncStub& stub, const uint8_t* args, uint8_t* results) {
  GoSlice values = ValuesIn(call, stub.type->params, args);
  for (const uint64_t* function : {stub.handler, stub.check}) {
    uint64_t words[3];
    std::memcpy(words, &values, sizeof(words));
    if (!call.Invoke({function}, words, words)) return;
    std::memcpy(&values, words, sizeof(values));
  }
  for (size_t i = 0; i < stub.type->results.size(); ++i) {
    const RType* type = stub.type->results[i];
    const auto& value = reinterpret_cast<const ReflectValue*>(values.data)[i];
    std::memcpy(results, value.Read(call), type->size);
    results += SlotSize(type->size);
  }
}

// What every func value that reflect has made runs.
void Stub(NativeCall& call) {
  const Function& function = call.function();
  uint8_t* frame = call.goroutine().top().fp;
  const uint8_t* args = frame + function.results_size;
  const uint8_t* closure;
  std::memcpy(&closure, frame + function.closure_slot, sizeof(closure));
  FuncStub stub;
  std::memcpy(&stub, closure + 8, sizeof(stub));
  if (stub.what == FuncStub::What::kHandler) return CallHandler(call, stub, args, frame);
  uint64_t receiver = stub.receiver;
  uint32_t skip = 0;
  if (stub.what == FuncStub::What::kMethodExpression) {
    const auto* type = reinterpret_cast<const RType*>(stub.receiver);
    receiver = call.MakeInterface(type, args).data;
    skip = SlotSize(type->size);
  }
  std::vector<uint64_t> slots = {receiver};
  slots.resize(1 + (function.args_size - skip) / 8);
  std::memcpy(slots.data() + 1, args + skip, function.args_size - skip);
  const Function& method = call.program().functions[stub.function];
  const uint8_t* out = vm::CallGo(&call.goroutine(), &method, nullptr, slots.data());
  if (out != nullptr) std::memcpy(frame, out, function.results_size);
}

void CodeOf(NativeCall& call) {
  // As in fmt: a number by function stands for the place of its code.
  call.Return(0x480000 + 32 * *call.Arg<const uint64_t*>());
}

}  // namespace

void AddReflectCallNatives(vm::NativeTable* table) {
  table->Add("reflect.call", &Call);
  table->Add("reflect.methodOf", &MethodOf);
  table->Add("reflect.madeFunc", &MadeFunc);
  table->Add("reflect.methodValue", &MethodValue);
  table->Add("reflect.methodExpression", &MethodExpression);
  table->Add("reflect.makeFuncStub", &Stub);
  table->Add("reflect.codeOf", &CodeOf);
}

}  // namespace heddle::golang
