// SPDX-License-Identifier: Apache-2.0
// Printing Go values by their run-time types.
#include "models/golang/std/print_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "models/golang/std/number_text.h"
#include "models/golang/std/reflect_value.h"
#include "models/golang/syntax/unicode.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/map.h"
#include "models/golang/vm/raise.h"

namespace heddle::golang {
namespace {

using vm::GoFunc;
using vm::GoInterface;
using vm::GoSlice;
using vm::GoString;

// Nesting of values beyond which Go's own stack would be at risk too: a slice that contains itself.
constexpr int kMaxDepth = 400;

template <typename T>
T Load(const uint8_t* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

ValueRef InterfaceValue(const uint8_t* interface, bool read_only) {
  const auto* value = reinterpret_cast<const GoInterface*>(interface);
  if (value->type == nullptr) {
    return {};
  }
  return {value->type, static_cast<const uint8_t*>(value->value()), read_only};
}

int64_t LoadSigned(const RType* type, const uint8_t* at) {
  switch (type->size) {
    case 1:
      return Load<int8_t>(at);
    case 2:
      return Load<int16_t>(at);
    case 4:
      return Load<int32_t>(at);
    default:
      return Load<int64_t>(at);
  }
}

uint64_t LoadUnsigned(const RType* type, const uint8_t* at) {
  switch (type->size) {
    case 1:
      return Load<uint8_t>(at);
    case 2:
      return Load<uint16_t>(at);
    case 4:
      return Load<uint32_t>(at);
    default:
      return Load<uint64_t>(at);
  }
}

bool IsSignedKind(Kind kind) { return kind >= Kind::kInt && kind <= Kind::kInt64; }
bool IsUnsignedKind(Kind kind) { return kind >= Kind::kUint && kind <= Kind::kUintptr; }

double LoadFloat(const RType* type, const uint8_t* at) {
  return type->size == 4 ? Load<float>(at) : Load<double>(at);
}

template <typename T>
int Order(T a, T b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// NaN comes before every number.
int OrderFloats(double a, double b) {
  if (a != a) {
    return b != b ? 0 : -1;
  }
  return b != b ? 1 : Order(a, b);
}

}  // namespace

int CompareKeys(const RType* type, const uint8_t* a, const uint8_t* b) {
  if (IsSignedKind(type->kind)) {
    return Order(LoadSigned(type, a), LoadSigned(type, b));
  }
  if (IsUnsignedKind(type->kind)) {
    return Order(LoadUnsigned(type, a), LoadUnsigned(type, b));
  }
  switch (type->kind) {
    case Kind::kString:
      return Order(Load<GoString>(a).view(), Load<GoString>(b).view());
    case Kind::kFloat32:
    case Kind::kFloat64:
      return OrderFloats(LoadFloat(type, a), LoadFloat(type, b));
    case Kind::kComplex64: {
      const int real = OrderFloats(Load<float>(a), Load<float>(b));
      return real != 0 ? real : OrderFloats(Load<float>(a + 4), Load<float>(b + 4));
    }
    case Kind::kComplex128: {
      const int real = OrderFloats(Load<double>(a), Load<double>(b));
      return real != 0 ? real : OrderFloats(Load<double>(a + 8), Load<double>(b + 8));
    }
    case Kind::kBool:
      return Order(*a, *b);
    case Kind::kStruct:
      for (const RField& field : type->fields) {
        if (const int c = CompareKeys(field.type, a + field.offset, b + field.offset); c != 0) {
          return c;
        }
      }
      return 0;
    case Kind::kArray:
      for (uint64_t i = 0; i < type->length; ++i) {
        const uint64_t offset = i * type->elem->size;
        if (const int c = CompareKeys(type->elem, a + offset, b + offset); c != 0) {
          return c;
        }
      }
      return 0;
    case Kind::kInterface: {
      const ValueRef x = InterfaceValue(a, false), y = InterfaceValue(b, false);
      if (x.type == nullptr || y.type == nullptr) {
        return Order(x.type != nullptr, y.type != nullptr);
      }
      if (x.type != y.type) {
        const int order = Order(x.type->index, y.type->index);
        return order != 0 ? order : Order(x.type->name, y.type->name);  // types made at run time
      }
      return CompareKeys(x.type, x.at, y.at);
    }
    default:
      return Order(Load<uint64_t>(a), Load<uint64_t>(b));
  }
}

void ValuePrinter::Argument(const GoInterface& argument, char32_t verb) {
  if (argument.type == nullptr) {
    if (verb == 'T' || verb == 'v') {
      writer_.Pad("<nil>");
    } else {
      BadVerb({}, verb);
    }
    return;
  }
  ValueRef value = InterfaceValue(reinterpret_cast<const uint8_t*>(&argument), false);
  // A reflect.Value stands for what it holds.
  if (value.type->package == "reflect" && value.type->base_name == "Value" && verb != 'T' &&
      verb != 'p') {
    return Held(value, verb);
  }
  if (verb == 'T') {
    writer_.String(value.type->name);
  } else if (verb == 'p') {
    Pointer(value, 'p');
  } else if (value.type->methods.empty() && (verb != 'w' || value.type->name == "[]uint8")) {
    Value(value, verb, 0);
  } else if (!ByMethod(value, verb)) {
    Value(value, verb, 0);
  }
}

void ValuePrinter::Held(ValueRef value, char32_t verb) {
  const auto held = Load<ReflectValue>(value.at);
  if (held.type == nullptr) {
    writer_.out += "<invalid reflect.Value>";
    return;
  }
  if ((held.flag & ReflectValue::kMethod) != 0) {
    writer_.String("0x47f000");  // the code of every bound method
    return;
  }
  const bool read_only = (held.flag & ReflectValue::kReadOnly) != 0;
  const ValueRef inner = {held.type, held.Read(call_), read_only};
  const ValueRef shown = inner.type->IsInterface() ? InterfaceValue(inner.at, read_only) : inner;
  if (shown.type == nullptr || read_only || !ByMethod(shown, verb)) Value(inner, verb, 0);
}

void ValuePrinter::Value(ValueRef value, char32_t verb, int depth) {
  if (aborted_) {
    return;
  }
  call_.Spend(16);
  call_.Expect(writer_.out.size());
  if (depth > kMaxDepth) {
    vm::FatalStackOverflow(&call_.goroutine());
    aborted_ = true;
    return;
  }
  if (depth > 0 && value.type != nullptr) {
    ValueRef inner = value;
    if (value.type->IsInterface()) {
      inner = InterfaceValue(value.at, value.read_only);
    }
    if (inner.type != nullptr && !value.read_only && ByMethod(inner, verb)) {
      return;
    }
  }
  if (value.type == nullptr) {
    if (verb == 'v') {
      writer_.out += "<nil>";
    } else {
      BadVerb(value, verb);
    }
    return;
  }
  const Kind kind = value.type->kind;
  if (IsSignedKind(kind)) {
    return Integer(value, static_cast<uint64_t>(LoadSigned(value.type, value.at)), true, verb);
  }
  if (IsUnsignedKind(kind)) {
    return Integer(value, LoadUnsigned(value.type, value.at), false, verb);
  }
  switch (kind) {
    case Kind::kBool:
      return Bool(value, verb);
    case Kind::kFloat32:
    case Kind::kFloat64:
      return Float(value, LoadFloat(value.type, value.at), static_cast<int>(value.type->size) * 8,
                   verb);
    case Kind::kComplex64:
    case Kind::kComplex128:
      return Complex(value, verb);
    case Kind::kString:
      return String(value, Load<GoString>(value.at).view(), verb);
    case Kind::kMap:
      return Map(value, verb, depth);
    case Kind::kStruct:
      return Struct(value, verb, depth);
    case Kind::kInterface: {
      const ValueRef inner = InterfaceValue(value.at, value.read_only);
      if (inner.type != nullptr) {
        return Value(inner, verb, depth + 1);
      }
      writer_.out += writer_.flags.sharp_v ? value.type->name + "(nil)" : "<nil>";
      return;
    }
    case Kind::kArray:
    case Kind::kSlice:
      return List(value, verb, depth);
    case Kind::kPointer: {
      const auto* target = Load<const uint8_t*>(value.at);
      const RType* elem = value.type->elem;
      if (depth == 0 && target != nullptr &&
          (elem->kind == Kind::kArray || elem->kind == Kind::kSlice ||
           elem->kind == Kind::kStruct || elem->kind == Kind::kMap)) {
        call_.OnRead(target, elem->size);
        writer_.out += '&';
        return Value({elem, target, value.read_only}, verb, depth + 1);
      }
      return Pointer(value, verb);
    }
    default:
      return Pointer(value, verb);
  }
}

void ValuePrinter::BadVerb(ValueRef value, char32_t verb) {
  erroring_ = true;
  writer_.out += "%!";
  AppendRune(writer_.out, verb);
  writer_.out += '(';
  if (value.type != nullptr) {
    writer_.out += value.type->name;
    writer_.out += '=';
    Value(value, 'v', 0);
  } else {
    writer_.out += "<nil>";
  }
  writer_.out += ')';
  erroring_ = false;
}

void ValuePrinter::Bool(ValueRef value, char32_t verb) {
  if (verb == 't' || verb == 'v') {
    writer_.Bool(*value.at != 0);
  } else {
    BadVerb(value, verb);
  }
}

void ValuePrinter::Hex64(uint64_t number, bool prefix) {
  const bool sharp = writer_.flags.sharp;
  writer_.flags.sharp = prefix;
  writer_.Integer(number, 16, false, 'v', false);
  writer_.flags.sharp = sharp;
}

void ValuePrinter::Integer(ValueRef value, uint64_t number, bool is_signed, char32_t verb) {
  switch (verb) {
    case 'v':
      if (writer_.flags.sharp_v && !is_signed) {
        return Hex64(number, true);
      }
      [[fallthrough]];
    case 'd':
      return writer_.Integer(number, 10, is_signed, 'd', false);
    case 'b':
      return writer_.Integer(number, 2, is_signed, 'b', false);
    case 'o':
    case 'O':
      return writer_.Integer(number, 8, is_signed, static_cast<char>(verb), false);
    case 'x':
    case 'X':
      return writer_.Integer(number, 16, is_signed, static_cast<char>(verb), verb == 'X');
    case 'c':
      return writer_.Character(number);
    case 'q':
      return writer_.QuotedCharacter(number);
    case 'U':
      return writer_.Unicode(number);
    default:
      return BadVerb(value, verb);
  }
}

void ValuePrinter::Float(ValueRef value, double number, int bits, char32_t verb) {
  switch (verb) {
    case 'v':
      return writer_.Float(number, bits, 'g', -1);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return writer_.Float(number, bits, static_cast<char>(verb), -1);
    case 'f':
    case 'e':
    case 'E':
      return writer_.Float(number, bits, static_cast<char>(verb), 6);
    case 'F':
      return writer_.Float(number, bits, 'f', 6);
    default:
      return BadVerb(value, verb);
  }
}

void ValuePrinter::Complex(ValueRef value, char32_t verb) {
  static constexpr std::u32string_view kVerbs = U"vbgGxXfFeE";
  if (kVerbs.find(verb) == std::u32string_view::npos) {
    return BadVerb(value, verb);
  }
  const bool wide = value.type->kind == Kind::kComplex128;
  const double real = wide ? Load<double>(value.at) : Load<float>(value.at);
  const double imaginary = wide ? Load<double>(value.at + 8) : Load<float>(value.at + 4);
  const int bits = wide ? 64 : 32;
  const bool plus = writer_.flags.plus;
  writer_.out += '(';
  Float(value, real, bits, verb);
  writer_.flags.plus = true;
  Float(value, imaginary, bits, verb);
  writer_.flags.plus = plus;
  writer_.out += "i)";
}

void ValuePrinter::String(ValueRef value, std::string_view text, char32_t verb) {
  switch (verb) {
    case 'v':
      return writer_.flags.sharp_v ? writer_.Quoted(text) : writer_.String(text);
    case 's':
      return writer_.String(text);
    case 'x':
    case 'X':
      return writer_.HexString(text, verb == 'X');
    case 'q':
      return writer_.Quoted(text);
    default:
      return BadVerb(value, verb);
  }
}

bool ValuePrinter::Bytes(ValueRef value, std::string_view bytes, char32_t verb) {
  if (value.type->elem->kind != Kind::kUint8) {
    return false;
  }
  switch (verb) {
    case 's':
      writer_.String(bytes);
      return true;
    case 'x':
    case 'X':
      writer_.HexString(bytes, verb == 'X');
      return true;
    case 'q':
      writer_.Quoted(bytes);
      return true;
    default:
      return false;
  }
}

void ValuePrinter::Pointer(ValueRef value, char32_t verb) {
  uint64_t address = 0;
  switch (value.type->kind) {
    case Kind::kFunc: {
      // The place of the code, which does not exist: a number by function stands for it.
      const auto func = Load<GoFunc>(value.at);
      address = func.closure == nullptr ? 0 : 0x480000 + 32 * func.closure[0];
      break;
    }
    case Kind::kChan:
    case Kind::kMap:
    case Kind::kPointer:
    case Kind::kSlice:
    case Kind::kUnsafePointer: {
      const auto pointer = Load<uint64_t>(value.at);
      address = pointer == 0 ? 0 : call_.machine().PrintableAddress(pointer);
      break;
    }
    default:
      return BadVerb(value, verb);
  }
  switch (verb) {
    case 'v':
      if (writer_.flags.sharp_v) {
        writer_.out += '(' + value.type->name + ")(";
        if (address == 0) {
          writer_.out += "nil";
        } else {
          Hex64(address, true);
        }
        writer_.out += ')';
      } else if (address == 0) {
        writer_.Pad("<nil>");
      } else {
        Hex64(address, !writer_.flags.sharp);
      }
      return;
    case 'p':
      return Hex64(address, !writer_.flags.sharp);
    case 'b':
    case 'o':
    case 'd':
    case 'x':
    case 'X':
      return Integer(value, address, false, verb);
    default:
      return BadVerb(value, verb);
  }
}

void ValuePrinter::Map(ValueRef value, char32_t verb, int depth) {
  auto* map = Load<vm::GoMap*>(value.at);
  const bool sharp = writer_.flags.sharp_v;
  if (sharp) {
    writer_.out += value.type->name;
    if (map == nullptr) {
      writer_.out += "(nil)";
      return;
    }
    writer_.out += '{';
  } else {
    writer_.out += "map[";
  }
  struct Pair {
    const uint8_t* key;
    const uint8_t* value;
  };
  std::vector<Pair> pairs;
  if (map != nullptr) {
    call_.OnRead(map, sizeof(vm::GoMap));
    // In the order of insertion: MapStart would note that the program depends on the order.
    vm::MapIterator iterator = {};
    iterator.map = map;
    iterator.slots = map->used;
    iterator.step = 1;
    for (;;) {
      Pair pair = {};
      vm::MapNext(&iterator, &pair.key, &pair.value);
      if (!iterator.has_entry) {
        break;
      }
      pairs.push_back(pair);
    }
    std::stable_sort(pairs.begin(), pairs.end(), [&value](const Pair& a, const Pair& b) {
      return CompareKeys(value.type->key, a.key, b.key) < 0;
    });
  }
  for (size_t i = 0; i < pairs.size() && !aborted_; ++i) {
    if (i > 0) {
      writer_.out += sharp ? ", " : " ";
    }
    Value({value.type->key, pairs[i].key, value.read_only}, verb, depth + 1);
    writer_.out += ':';
    Value({value.type->elem, pairs[i].value, value.read_only}, verb, depth + 1);
  }
  writer_.out += sharp ? '}' : ']';
}

namespace {

// The natives of sync keep a mark of theirs in this word of the locks, which is 0 in gc.
bool IsMark(const RType* type, const RField& field) {
  return type->package == "sync" && field.name == "sema";
}

}  // namespace

void ValuePrinter::Struct(ValueRef value, char32_t verb, int depth) {
  const FormatFlags& flags = writer_.flags;
  if (flags.sharp_v) {
    writer_.out += value.type->name;
  }
  writer_.out += '{';
  bool first = true;
  for (const RField& field : value.type->fields) {
    if (!first) {
      writer_.out += flags.sharp_v ? ", " : " ";
    }
    first = false;
    if (flags.plus_v || flags.sharp_v) {
      writer_.out += field.name + ':';
    }
    ValueRef inner = {field.type, value.at + field.offset, value.read_only || !field.exported};
    static constexpr uint32_t kNoMark = 0;
    if (IsMark(value.type, field)) {
      inner.at = reinterpret_cast<const uint8_t*>(&kNoMark);
    }
    if (field.type->IsInterface()) {
      const ValueRef dynamic = InterfaceValue(inner.at, inner.read_only);
      inner = dynamic.type != nullptr ? dynamic : inner;
    }
    Value(inner, verb, depth + 1);
    if (aborted_) {
      return;
    }
  }
  writer_.out += '}';
}

void ValuePrinter::List(ValueRef value, char32_t verb, int depth) {
  const bool is_slice = value.type->kind == Kind::kSlice;
  const RType* elem = value.type->elem;
  const uint8_t* data = value.at;
  auto length = static_cast<int64_t>(value.type->length);
  if (is_slice) {
    const auto slice = Load<GoSlice>(value.at);
    data = slice.data;
    length = slice.length;
    if (length > 0) {
      call_.OnRead(data, length * elem->size);
    }
  }
  if (Bytes(value, {reinterpret_cast<const char*>(data), static_cast<size_t>(length)}, verb)) {
    return;
  }
  const bool sharp = writer_.flags.sharp_v;
  if (sharp) {
    // An argument of type []byte is named so, though its type prints as []uint8 elsewhere.
    writer_.out += depth == 0 && value.type->name == "[]uint8" ? "[]byte" : value.type->name;
    if (is_slice && data == nullptr) {
      writer_.out += "(nil)";
      return;
    }
  }
  writer_.out += sharp ? '{' : '[';
  for (int64_t i = 0; i < length && !aborted_; ++i) {
    if (i > 0) {
      writer_.out += sharp ? ", " : " ";
    }
    Value({elem, data + i * elem->size, value.read_only}, verb, depth + 1);
  }
  writer_.out += sharp ? '}' : ']';
}

// ---- Methods

bool ValuePrinter::HasMethod(const RType* type, Method method) const {
  static constexpr std::string_view kNames[] = {"Error", "String", "GoString", "Format"};
  if (type->methods.empty()) {
    return false;
  }
  const uint32_t found = call_.FindMethod(type, kNames[static_cast<int>(method)]);
  if (found == 0) {
    return false;
  }
  const Function& function = call_.program().functions[found - 1];
  if (method == Method::kFormat) {
    return function.params.size() == 3 && function.results.empty() &&
           function.params[1]->name == "fmt.State" && function.params[2]->kind == Kind::kInt32 &&
           !function.params[2]->package.size();
  }
  return function.params.size() == 1 && function.results.size() == 1 &&
         function.results[0] == call_.program().types.Basic(Kind::kString);
}

bool ValuePrinter::ByMethod(ValueRef value, char32_t verb) {
  if (erroring_) {
    return false;
  }
  if (verb == 'w') {
    if (!wraps_errors_ || !HasMethod(value.type, Method::kError)) {
      BadVerb(value, verb);
      return true;
    }
    verb = 'v';
  }
  if (value.type->methods.empty()) {
    return false;
  }
  if (HasMethod(value.type, Method::kFormat)) {
    Call(Method::kFormat, value, verb);
    return true;
  }
  if (writer_.flags.sharp_v) {
    if (!HasMethod(value.type, Method::kGoString)) {
      return false;
    }
    Call(Method::kGoString, value, verb);
    return true;
  }
  static constexpr std::u32string_view kVerbs = U"vsxXq";
  if (kVerbs.find(verb) == std::u32string_view::npos) {
    return false;
  }
  for (const Method method : {Method::kError, Method::kString}) {
    if (HasMethod(value.type, method)) {
      Call(method, value, verb);
      return true;
    }
  }
  return false;
}

void ValuePrinter::Call(Method method, ValueRef value, char32_t verb) {
  const FormatFlags flags = writer_.flags;
  std::string flag_text;
  if (method == Method::kFormat) {
    flag_text += flags.plus || flags.plus_v ? "+" : "";
    flag_text += flags.minus ? "-" : "";
    flag_text += flags.sharp || flags.sharp_v ? "#" : "";
    flag_text += flags.space ? " " : "";
    flag_text += flags.zero ? "0" : "";
  }
  const GoInterface receiver = call_.MakeInterface(value.type, value.at);
  const GoString go_flags = call_.NewString(flag_text);
  const std::array<uint64_t, 8> args = {
      static_cast<uint64_t>(method),
      reinterpret_cast<uint64_t>(receiver.type),
      receiver.data,
      verb,
      static_cast<uint64_t>(flags.has_width ? flags.width : -1),
      static_cast<uint64_t>(flags.has_precision ? flags.precision : -1),
      reinterpret_cast<uint64_t>(go_flags.data),
      static_cast<uint64_t>(go_flags.length)};
  std::array<uint64_t, 5> results = {};
  if (!call_.Invoke(call_method_, args, results)) {
    aborted_ = true;
    return;
  }
  const GoString text = {reinterpret_cast<const char*>(results[0]),
                         static_cast<int64_t>(results[1])};
  const bool failed = (results[4] & 1) != 0;
  if (method == Method::kFormat) {
    writer_.out += text.view();
  } else if (!failed) {
    if (method == Method::kGoString) {
      writer_.String(text.view());
    } else {
      String(value, text.view(), verb);
    }
  }
  if (failed) {
    const GoInterface panicked = {reinterpret_cast<const RType*>(results[2]), results[3]};
    PanicText(method, value, verb, panicked);
  }
}

void ValuePrinter::PanicText(Method method, ValueRef value, char32_t verb,
                             const GoInterface& panicked) {
  static constexpr std::string_view kNames[] = {"Error", "String", "GoString", "Format"};
  if (value.type->kind == Kind::kPointer && Load<uint64_t>(value.at) == 0) {
    writer_.out += "<nil>";
    return;
  }
  if (panicking_) {
    call_.Panic(panicked);
    aborted_ = true;
    return;
  }
  const FormatFlags flags = writer_.flags;
  writer_.flags = {};
  writer_.out += "%!";
  AppendRune(writer_.out, verb);
  writer_.out += "(PANIC=";
  writer_.out += kNames[static_cast<int>(method)];
  writer_.out += " method: ";
  panicking_ = true;
  Argument(panicked, 'v');
  panicking_ = false;
  writer_.out += ')';
  writer_.flags = flags;
}

}  // namespace heddle::golang
