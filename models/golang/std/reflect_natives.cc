// SPDX-License-Identifier: Apache-2.0
// Natives of reflect that read and write values: what a compiled access does, with the type in
// hand.
#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#include "models/golang/std/natives.h"
#include "models/golang/std/reflect_value.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/map.h"
#include "models/golang/vm/slicing.h"
#include "models/golang/vm/values.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {
namespace {

using vm::GoChan;
using vm::GoInterface;
using vm::GoMap;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;

ReflectValue ValueArg(NativeCall& call) { return call.Arg<ReflectValue>(); }

template <typename T>
T Get(const uint8_t* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

bool Stopped(NativeCall& call) { return vm::Stopped(&call.goroutine()); }

// ---- Values

void Unpack(NativeCall& call) {
  const auto value = call.Arg<GoInterface>();
  call.Return(ReflectValue::Of(value.type, value.data));
}

void Pack(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  call.Return(call.MakeInterface(value.type, value.Read(call)));
}

void CopyOf(NativeCall& call) {
  const auto* type = call.Arg<const RType*>();
  const auto* at = call.Arg<const uint8_t*>();
  call.OnRead(at, type->size);
  call.Return(ReflectValue::CopyOf(call, type, at));
}

void ZeroOf(NativeCall& call) {
  const auto* type = call.Arg<const RType*>();
  // In memory even if it fits into the word, so that it can be stored into.
  call.Return(ReflectValue{type, reinterpret_cast<uint64_t>(call.Allocate(type->size)),
                           ReflectValue::kIndir});
}

void Allocate(NativeCall& call) {
  const auto* type = call.Arg<const RType*>();
  const auto count = call.Arg<uint64_t>();
  if (type->size != 0 && count > (uint64_t{1} << 48) / type->size) {
    call.PanicRuntimeError("makeslice: len out of range");
    return;
  }
  call.Return(call.Allocate(type->size * count));
}

void LoadBits(NativeCall& call) { call.Return(ValueArg(call).Load<uint64_t>(call)); }

void LoadFloat(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  call.Return(value.type->size == 4 ? double{value.Load<float>(call)} : value.Load<double>(call));
}

struct Complex {
  double real, imaginary;
};

void LoadComplex(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  if (value.type->kind == Kind::kComplex128) return call.Return(value.Load<Complex>(call));
  struct {
    float real, imaginary;
  } narrow = value.Load<decltype(narrow)>(call);
  call.Return(Complex{narrow.real, narrow.imaginary});
}

void LoadString(NativeCall& call) { call.Return(ValueArg(call).Load<GoString>(call)); }
void LoadAny(NativeCall& call) { call.Return(ValueArg(call).Load<GoInterface>(call)); }
void LoadSlice(NativeCall& call) { call.Return(ValueArg(call).Load<GoSlice>(call)); }

bool IsZeroValue(const RType* type, const uint8_t* at) {
  switch (type->kind) {
    case Kind::kArray:
      for (uint64_t i = 0; i < type->length; ++i) {
        if (!IsZeroValue(type->elem, at + i * type->elem->size)) return false;
      }
      return true;
    case Kind::kStruct:
      return std::all_of(type->fields.begin(), type->fields.end(), [at](const RField& field) {
        return IsZeroValue(field.type, at + field.offset);
      });
    case Kind::kString:
      return Get<GoString>(at).length == 0;
    case Kind::kSlice:
    case Kind::kInterface:
      return Get<uint64_t>(at) == 0;
    default:
      return std::all_of(at, at + type->size, [](uint8_t byte) { return byte == 0; });
  }
}

void IsZero(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  call.Spend(value.type->size);
  call.Return(IsZeroValue(value.type, value.Read(call)));
}

void Store(NativeCall& call) {
  const ReflectValue to = ValueArg(call);
  const ReflectValue from = ValueArg(call);
  to.Write(call, from.Read(call), to.type->size);
}

void StoreBits(NativeCall& call) {
  const ReflectValue to = ValueArg(call);
  const auto bits = call.Arg<uint64_t>();
  to.Write(call, &bits, to.type->size);
}

void StoreFloat(NativeCall& call) {
  const ReflectValue to = ValueArg(call);
  const auto number = call.Arg<double>();
  const auto narrow = static_cast<float>(number);
  if (to.type->size == 4) return to.Write(call, &narrow, 4);
  to.Write(call, &number, 8);
}

void StoreComplex(NativeCall& call) {
  const ReflectValue to = ValueArg(call);
  const auto number = call.Arg<Complex>();
  const float narrow[2] = {static_cast<float>(number.real), static_cast<float>(number.imaginary)};
  if (to.type->size == 8) return to.Write(call, narrow, 8);
  to.Write(call, &number, 16);
}

// Strings, slices, interfaces.
template <typename T>
void StoreWords(NativeCall& call) {
  const ReflectValue to = ValueArg(call);
  const T value = call.Arg<T>();
  to.Write(call, &value, sizeof(T));
}

// data, length and capacity are arguments of their own, which lie as a slice does.
void StoreSlice(NativeCall& call) { StoreWords<GoSlice>(call); }

void Printable(NativeCall& call) {
  call.Return(call.machine().PrintableAddress(call.Arg<uint64_t>()));
}

void Offset(NativeCall& call) {
  const auto at = call.Arg<uint64_t>();
  call.Return(at + call.Arg<uint64_t>());
}

// ---- Slices

void GrowSlice(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const auto extra = call.Arg<int64_t>();
  const auto slice = value.Load<GoSlice>(call);
  const RType* elem = value.type->elem;
  if (slice.length > 0) call.OnRead(slice.data, static_cast<uint64_t>(slice.length) * elem->size);
  const GoSlice grown = vm::GrowSlice(&call.goroutine(), elem, slice, extra);
  if (!Stopped(call)) call.Return(ReflectValue::CopyOf(call, value.type, &grown));
}

void CopySlice(NativeCall& call) {
  const auto* elem = call.Arg<const RType*>();
  auto* to = call.Arg<uint8_t*>();
  const auto to_length = call.Arg<int64_t>();
  const auto* from = call.Arg<const uint8_t*>();
  const auto from_length = call.Arg<int64_t>();
  call.Return(vm::CopyElements(&call.goroutine(), elem->size, {to, to_length, to_length}, from,
                               from_length, true));
}

void ClearSlice(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const auto slice = value.Load<GoSlice>(call);
  const uint64_t size = static_cast<uint64_t>(slice.length) * value.type->elem->size;
  if (size == 0) return;
  call.OnWrite(slice.data, size);
  std::memset(slice.data, 0, size);
}

// ---- Maps

// The map in a value, which is read, or written.
GoMap* MapIn(NativeCall& call, const ReflectValue& value, bool write) {
  auto* map = value.Load<GoMap*>(call);
  if (map != nullptr && write) call.OnWrite(map, sizeof(GoMap));
  if (map != nullptr && !write) call.OnRead(map, sizeof(GoMap));
  return map;
}

void MakeMap(NativeCall& call) {
  const auto* type = call.Arg<const RType*>();
  GoMap* map = vm::MakeMap(&call.goroutine(), type, call.Arg<int64_t>());
  call.Return(ReflectValue::Of(type, reinterpret_cast<uint64_t>(map)));
}

void MapLen(NativeCall& call) {
  const GoMap* map = MapIn(call, ValueArg(call), false);
  call.Return(map == nullptr ? int64_t{0} : map->count);
}

void MapGet(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const ReflectValue key = ValueArg(call);
  GoMap* map = MapIn(call, value, false);
  const uint8_t* found = vm::MapFind(&call.goroutine(), value.type, map, key.Read(call));
  if (Stopped(call) || found == nullptr) return;
  call.Return(ReflectValue::CopyOf(call, value.type->elem, found));
  call.Return(true);
}

void MapSet(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const ReflectValue key = ValueArg(call);
  const ReflectValue elem = ValueArg(call);
  GoMap* map = MapIn(call, value, true);
  uint8_t* place = vm::MapPut(&call.goroutine(), value.type, map, key.Read(call));
  if (!Stopped(call)) std::memcpy(place, elem.Read(call), elem.type->size);
}

void MapDelete(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const ReflectValue key = ValueArg(call);
  GoMap* map = MapIn(call, value, true);
  vm::MapDelete(&call.goroutine(), value.type, map, key.Read(call));
}

void MapClear(NativeCall& call) {
  GoMap* map = MapIn(call, ValueArg(call), true);
  if (map != nullptr) call.Spend(uint64_t{map->used} * 2);
  vm::MapClear(map);
}

void MapStart(NativeCall& call) {
  auto* iterator = call.Arg<vm::MapIterator*>();
  vm::MapStart(&call.goroutine(), MapIn(call, ValueArg(call), false), iterator);
}

void MapNext(NativeCall& call) {
  auto* iterator = call.Arg<vm::MapIterator*>();
  const ReflectValue value = ValueArg(call);
  const uint8_t* key = nullptr;
  const uint8_t* elem = nullptr;
  if (iterator->map != nullptr) call.OnRead(iterator->map, sizeof(GoMap));
  vm::MapNext(iterator, &key, &elem);
  if (key == nullptr) return;
  call.Return(ReflectValue::CopyOf(call, value.type->key, key));
  call.Return(ReflectValue::CopyOf(call, value.type->elem, elem));
  call.Return(true);
}

// ---- Channels

void MakeChan(NativeCall& call) {
  const auto* type = call.Arg<const RType*>();
  GoChan* channel = vm::MakeChan(&call.goroutine(), type->elem, call.Arg<int64_t>());
  if (!Stopped(call)) call.Return(ReflectValue::Of(type, reinterpret_cast<uint64_t>(channel)));
}

void ChanLen(NativeCall& call) {
  auto* channel = ValueArg(call).Load<GoChan*>(call);
  const int64_t length = vm::ChanLen(&call.goroutine(), channel);
  if (!Stopped(call)) call.Return(length);
}

void ChanCap(NativeCall& call) {
  const auto* channel = ValueArg(call).Load<const GoChan*>(call);
  call.Return(channel == nullptr ? int64_t{0} : channel->capacity());
}

void ChanSend(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const ReflectValue elem = ValueArg(call);
  // What is sent is copied first: others may write to it while this goroutine waits.
  const GoInterface copy = call.MakeInterface(elem.type, elem.Read(call));
  vm::ChanSend(&call.goroutine(), value.Load<GoChan*>(call), copy.value());
}

void ChanRecv(NativeCall& call) {
  const ReflectValue value = ValueArg(call);
  const RType* elem = value.type->elem;
  void* received = call.Allocate(elem->size);
  const bool ok =
      vm::ChanReceive(&call.goroutine(), value.Load<GoChan*>(call), received, elem->size);
  if (Stopped(call)) return;
  call.Return(ReflectValue::CopyOf(call, elem, received));
  call.Return(ok);
}

void ChanClose(NativeCall& call) {
  vm::ChanClose(&call.goroutine(), ValueArg(call).Load<GoChan*>(call));
}

// As chooseCase in Go.
struct ChooseCase {
  ReflectValue channel, send;
};

void Choose(NativeCall& call) {
  const auto slice = call.Arg<GoSlice>();
  const bool has_default = call.Arg<bool>();
  const auto* given = reinterpret_cast<const ChooseCase*>(slice.data);
  std::vector<sync::SelectCase> cases(static_cast<size_t>(slice.length));
  for (size_t i = 0; i < cases.size(); ++i) {
    const ChooseCase& one = given[i];
    if (one.channel.type == nullptr) continue;
    const RType* elem = one.channel.type->elem;
    void* slot = call.Allocate(elem->size);
    if (one.send.type != nullptr) std::memcpy(slot, one.send.Read(call), elem->size);
    cases[i] = {GoChan::Ref(one.channel.Load<GoChan*>(call)), one.send.type != nullptr, slot};
  }
  const sim::Result result =
      vm::Visible(&call.goroutine(), [&](sim::Execution& ex, sync::CallSite at) {
        return sync::Select(ex, cases, has_default, at);
      });
  if (Stopped(call)) return;
  call.Return(int64_t{result.alternative});
  if (result.alternative < 0) return;
  const ChooseCase& taken = given[result.alternative];
  if (taken.send.type != nullptr) return;
  call.Return(ReflectValue::CopyOf(call, taken.channel.type->elem,
                                   cases[static_cast<size_t>(result.alternative)].slot));
  call.Return(result.flag);
}

}  // namespace

void AddReflectNatives(vm::NativeTable* table) {
  AddReflectTypeNatives(table);
  AddReflectCallNatives(table);
  table->Add("reflect.unpack", &Unpack);
  table->Add("reflect.pack", &Pack);
  table->Add("reflect.copyOf", &CopyOf);
  table->Add("reflect.zeroOf", &ZeroOf);
  table->Add("reflect.allocate", &Allocate);
  table->Add("reflect.loadBits", &LoadBits);
  table->Add("reflect.loadFloat", &LoadFloat);
  table->Add("reflect.loadComplex", &LoadComplex);
  table->Add("reflect.loadString", &LoadString);
  table->Add("reflect.loadAny", &LoadAny);
  table->Add("reflect.loadSlice", &LoadSlice);
  table->Add("reflect.isZero", &IsZero);
  table->Add("reflect.store", &Store);
  table->Add("reflect.storeBits", &StoreBits);
  table->Add("reflect.storeFloat", &StoreFloat);
  table->Add("reflect.storeComplex", &StoreComplex);
  table->Add("reflect.storeString", &StoreWords<GoString>);
  table->Add("reflect.storeAny", &StoreWords<GoInterface>);
  table->Add("reflect.storeSlice", &StoreSlice);
  table->Add("reflect.printable", &Printable);
  table->Add("reflect.offset", &Offset);
  table->Add("reflect.growSlice", &GrowSlice);
  table->Add("reflect.copySlice", &CopySlice);
  table->Add("reflect.clearSlice", &ClearSlice);
  table->Add("reflect.makeMap", &MakeMap);
  table->Add("reflect.mapLen", &MapLen);
  table->Add("reflect.mapGet", &MapGet);
  table->Add("reflect.mapSet", &MapSet);
  table->Add("reflect.mapDelete", &MapDelete);
  table->Add("reflect.mapClear", &MapClear);
  table->Add("reflect.mapStart", &MapStart);
  table->Add("reflect.mapNext", &MapNext);
  table->Add("reflect.makeChan", &MakeChan);
  table->Add("reflect.chanLen", &ChanLen);
  table->Add("reflect.chanCap", &ChanCap);
  table->Add("reflect.chanSend", &ChanSend);
  table->Add("reflect.chanRecv", &ChanRecv);
  table->Add("reflect.chanClose", &ChanClose);
  table->Add("reflect.choose", &Choose);
}

}  // namespace heddle::golang
