// SPDX-License-Identifier: Apache-2.0
//
// The text of stacks and of values printed by the runtime itself (panic, print, println).
#include "models/golang/vm/traceback.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "models/golang/vm/machine.h"

namespace heddle::golang::vm {

namespace {

template <typename T>
T Get(const void* value) {
  T out;
  std::memcpy(&out, value, sizeof(T));
  return out;
}

// As the runtime prints floats: sign, one digit, six more, exponent of three digits.
std::string FloatText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::string text = fmt::format("{:+.6e}", value);
  const size_t e = text.find('e');
  std::string digits = text.substr(e + 2);
  while (digits.size() < 3) digits.insert(digits.begin(), '0');
  return text.substr(0, e + 2) + digits;
}

std::string FrameText(const Machine& machine, const Frame& frame) {
  const Function& function = *frame.function;
  const CodePosition position = function.native != nullptr
                                    ? function.position
                                    : machine.PositionOfSite(machine.MakeSite(&function, frame.pc));
  const uint64_t pc =
      function.native != nullptr ? 0 : (frame.pc - function.code.data()) * sizeof(Instr);
  return fmt::format("{}({})\n\t{} +0x{:x}\n", function.name, function.args_size == 0 ? "" : "...",
                     machine.program().Where(position), pc);
}

}  // namespace

std::string GoroutineTrace(const Goroutine& g, std::string_view state) {
  constexpr uint32_t kEnds = 50;  // frames shown at either end of a deep stack
  const Machine& machine = g.machine();
  std::string out = fmt::format("goroutine {} [{}]:\n", g.number, state);
  uint32_t shown = 0;
  for (uint32_t i = g.depth; i > 0; --i) {
    const Frame& frame = g.frames[i - 1];
    if (g.depth > 2 * kEnds && i == g.depth - kEnds) {
      out += fmt::format("...{} frames elided...\n", i - kEnds);
      i = kEnds + 1;
      continue;
    }
    if (!frame.function->is_wrapper) {
      out += FrameText(machine, frame);
      ++shown;
    }
    if (frame.deferred_panic != 0) {
      out += frame.deferred_panic <= g.panics.size() && g.panics[frame.deferred_panic - 1].goexit
                 ? "runtime.Goexit()\n\t/usr/local/go/src/runtime/panic.go:626 +0x5e\n"
                 : "panic({...})\n\t/usr/local/go/src/runtime/panic.go:770 +0x132\n";
    }
  }
  if (g.creator != nullptr && !g.is_system) {
    out += fmt::format("created by {} in goroutine {}\n\t{} +0x{:x}\n", g.created_in->name,
                       g.creator->number,
                       machine.program().Where(machine.PositionOfSite(g.created_site)),
                       ((g.created_site & 0xffffffff) + 1) * sizeof(Instr));
  }
  return out;
}

std::string PrintText(const Machine& machine, const RType* type, const void* value) {
  switch (type->kind) {
    case Kind::kBool:
      return Get<uint8_t>(value) != 0 ? "true" : "false";
    case Kind::kInt:
    case Kind::kInt64:
      return fmt::format("{}", Get<int64_t>(value));
    case Kind::kInt8:
      return fmt::format("{}", static_cast<int>(Get<int8_t>(value)));
    case Kind::kInt16:
      return fmt::format("{}", Get<int16_t>(value));
    case Kind::kInt32:
      return fmt::format("{}", Get<int32_t>(value));
    case Kind::kUint:
    case Kind::kUint64:
    case Kind::kUintptr:
      return fmt::format("{}", Get<uint64_t>(value));
    case Kind::kUint8:
      return fmt::format("{}", static_cast<unsigned>(Get<uint8_t>(value)));
    case Kind::kUint16:
      return fmt::format("{}", Get<uint16_t>(value));
    case Kind::kUint32:
      return fmt::format("{}", Get<uint32_t>(value));
    case Kind::kFloat32:
      return FloatText(Get<float>(value));
    case Kind::kFloat64:
      return FloatText(Get<double>(value));
    case Kind::kComplex64: {
      const auto parts = Get<std::array<float, 2>>(value);
      return "(" + FloatText(parts[0]) + FloatText(parts[1]) + "i)";
    }
    case Kind::kComplex128: {
      const auto parts = Get<std::array<double, 2>>(value);
      return "(" + FloatText(parts[0]) + FloatText(parts[1]) + "i)";
    }
    case Kind::kString:
      return std::string(Get<GoString>(value).view());
    case Kind::kSlice: {
      const auto slice = Get<GoSlice>(value);
      return fmt::format("[{}/{}]0x{:x}", slice.length, slice.capacity,
                         machine.PrintableAddress(reinterpret_cast<uint64_t>(slice.data)));
    }
    case Kind::kInterface: {
      const auto iface = Get<GoInterface>(value);
      return fmt::format("(0x{:x},0x{:x})",
                         iface.type == nullptr ? 0 : 0x480000 + 64 * iface.type->index,
                         iface.type == nullptr ? 0 : machine.PrintableAddress(iface.data));
    }
    case Kind::kChan:
    case Kind::kFunc:
    case Kind::kMap:
    case Kind::kPointer:
    case Kind::kUnsafePointer:
      return fmt::format("0x{:x}", machine.PrintableAddress(Get<uint64_t>(value)));
    case Kind::kInvalid:
    case Kind::kArray:
    case Kind::kStruct:
      break;
  }
  return "?";
}

std::string PanicValueText(const Machine& machine, GoInterface value) {
  if (value.type == nullptr) return "nil";
  const RType& type = *value.type;
  const bool is_basic = type.kind <= Kind::kComplex128 || type.kind == Kind::kString;
  if (is_basic && type.kind != Kind::kInvalid) {
    std::string text = PrintText(machine, &type, value.value());
    if (type.package.empty()) return text;
    if (type.kind == Kind::kString) text = "\"" + text + "\"";
    return type.name + "(" + text + ")";
  }
  const uint64_t address = value.type->is_direct && type.kind != Kind::kPointer &&
                                   type.kind != Kind::kMap && type.kind != Kind::kChan &&
                                   type.kind != Kind::kFunc
                               ? reinterpret_cast<uint64_t>(machine.heap_base())
                               : value.data;
  return fmt::format("({}) 0x{:x}", type.name, machine.PrintableAddress(address));
}

}  // namespace heddle::golang::vm
