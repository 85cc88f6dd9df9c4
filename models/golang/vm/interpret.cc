// SPDX-License-Identifier: Apache-2.0
//
// The dispatch loop: executes bytecode by jumping from instruction to instruction through a table
// of labels. Registers are read and written by memcpy, so values need no C++ alignment or type. An
// instruction that may panic, call or be seen by others saves the frame's pc first; everything else
// keeps pc and fp in locals. Keep: after anything that may set the goroutine's signal,
// CHECK_SIGNAL; after anything that may push or pop frames, reload `frame`.
#include "models/golang/vm/interpret.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/map.h"
#include "models/golang/vm/native.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/slicing.h"
#include "models/golang/vm/traceback.h"
#include "models/golang/vm/unwind.h"
#include "models/golang/vm/values.h"
#include "models/golang/vm/visible.h"
#include "sim/base/check.h"

namespace heddle::golang::vm {

namespace {

template <typename T>
inline T Get(const void* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

template <typename T>
inline void Put(void* at, T value) {
  std::memcpy(at, &value, sizeof(T));
}

// Integer arithmetic wraps: done on unsigned types of at least the width of int, so that nothing
// overflows.
template <typename T>
using Wide = std::conditional_t<sizeof(T) < 4, uint32_t, std::make_unsigned_t<T>>;

template <typename T>
inline T WrapMul(T a, T b) {
  return static_cast<T>(static_cast<Wide<T>>(a) * static_cast<Wide<T>>(b));
}

template <typename T>
inline T Quotient(T a, T b) {
  if constexpr (std::is_signed_v<T>) {
    if (b == -1) return static_cast<T>(0 - static_cast<Wide<T>>(a));
  }
  return static_cast<T>(a / b);
}

template <typename T>
inline T Remainder(T a, T b) {
  if constexpr (std::is_signed_v<T>) {
    if (b == -1) return 0;
  }
  return static_cast<T>(a % b);
}

template <typename T>
inline T ShiftLeft(T a, uint64_t count) {
  return count >= 8 * sizeof(T) ? T{0} : static_cast<T>(static_cast<uint64_t>(a) << count);
}

template <typename T>
inline T ShiftRight(T a, uint64_t count) {
  constexpr uint64_t kBits = 8 * sizeof(T);
  if (count < kBits) return static_cast<T>(a >> count);
  if constexpr (std::is_signed_v<T>) return static_cast<T>(a >> (kBits - 1));
  return 0;
}

// As the amd64 instructions that gc uses do it.
inline int64_t FloatToInt(double value) {
  if (!(value >= -0x1p63 && value < 0x1p63)) return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(value);
}

inline uint64_t FloatToUint(double value) {
  if (value < 0x1p63) return static_cast<uint64_t>(FloatToInt(value));
  return static_cast<uint64_t>(FloatToInt(value - 0x1p63)) ^ (uint64_t{1} << 63);
}

template <typename T>
inline T FloatMin(T a, T b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<T>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

template <typename T>
inline T FloatMax(T a, T b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<T>::quiet_NaN();
  if (a == 0 && b == 0) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

template <typename T>
struct Complex {
  T real, imag;
};

template <typename T>
inline Complex<T> ComplexMul(Complex<T> a, Complex<T> b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// Division as gc's complex128 division: infinities and NaNs first, then scaled.
inline Complex<double> ComplexDiv(Complex<double> n, Complex<double> m) {
  const bool nan =
      std::isnan(n.real) || std::isnan(n.imag) || std::isnan(m.real) || std::isnan(m.imag);
  double e, f;
  if (std::fabs(m.real) >= std::fabs(m.imag)) {
    const double ratio = m.imag / m.real;
    const double denominator = m.real + ratio * m.imag;
    e = (n.real + n.imag * ratio) / denominator;
    f = (n.imag - n.real * ratio) / denominator;
  } else {
    const double ratio = m.real / m.imag;
    const double denominator = m.imag + ratio * m.real;
    e = (n.real * ratio + n.imag) / denominator;
    f = (n.imag * ratio - n.real) / denominator;
  }
  if (std::isnan(e) && std::isnan(f) && !nan) {
    const auto unit = [](double x) { return std::copysign(std::isinf(x) ? 1.0 : 0.0, x); };
    if (m.real == 0 && m.imag == 0) {
      e = std::copysign(INFINITY, m.real) * n.real;
      f = std::copysign(INFINITY, m.real) * n.imag;
    } else if ((std::isinf(n.real) || std::isinf(n.imag)) && std::isfinite(m.real) &&
               std::isfinite(m.imag)) {
      e = INFINITY * (unit(n.real) * m.real + unit(n.imag) * m.imag);
      f = INFINITY * (unit(n.imag) * m.real - unit(n.real) * m.imag);
    } else if ((std::isinf(m.real) || std::isinf(m.imag)) && std::isfinite(n.real) &&
               std::isfinite(n.imag)) {
      e = 0 * (n.real * unit(m.real) + n.imag * unit(m.imag));
      f = 0 * (n.imag * unit(m.real) - n.real * unit(m.imag));
    }
  }
  return {e, f};
}

inline void CopyBytes(void* to, const void* from, uint64_t size) {
  if (size == 8) {
    std::memcpy(to, from, 8);
  } else if (size == 16) {
    std::memcpy(to, from, 16);
  } else {
    std::memmove(to, from, size);
  }
}

// The record of a deferred call, at the front of the list of the top frame.
DeferRecord* AddDefer(Goroutine* g, const Function* function, const uint64_t* closure,
                      const uint8_t* window, const Instr* at) {
  const uint32_t size = function == nullptr ? 0 : function->args_size;
  DeferRecord* record = g->machine().NewDefer(size);
  record->function = function;
  record->closure = closure;
  record->at = at;
  record->args_size = size;
  if (size != 0) std::memcpy(record->args(), window + function->results_size, size);
  ++g->effects;
  record->next = g->top().defers;
  g->top().defers = record;
  return record;
}

// Puts the receiver of an interface method call into the window and finds the function. Null after
// a panic.
const Function* ResolveMethod(Goroutine* g, const uint8_t* iface_register, MethodId method,
                              uint8_t* window) {
  const auto iface = Get<GoInterface>(iface_register);
  if (iface.type == nullptr) {
    RaiseNilDereference(g, 0x18);
    return nullptr;
  }
  const uint32_t found = iface.type->FindMethod(method);
  HEDDLE_CHECK(found != 0,
               "the type checker admits only types that have the methods of the interface");
  const Function* function = &g->machine().program().functions[found - 1];
  Put(window + function->results_size, iface.data);
  return function;
}

constexpr int64_t kCallCost = 8;     // instructions that a call counts as
constexpr int64_t kNativeCost = 16;  // and what a native adds to that

}  // namespace

void RunNative(Goroutine* g) {
  Frame& frame = g->top();
  NativeCall call(g, frame.function, frame.fp);
  g->budget -= kNativeCost;
  frame.function->native(call);
}

const uint8_t* CallGo(Goroutine* g, const Function* function, const uint64_t* closure,
                      const void* args) {
  const uint32_t base = g->depth;
  const auto* here = static_cast<const uint8_t*>(__builtin_frame_address(0));
  if (g->nesting == 0) g->native_base = here;
  // Natives that call back nest on the fiber's stack, which is smaller than any Go stack: an honest
  // limit, not an overflow of the program's.
  if (g->native_base - here > static_cast<ptrdiff_t>(g->machine().options().max_native_stack)) {
    g->machine().Cut("max-callback-depth");
  }
  if (!g->PushCall(function, closure, args)) {
    FatalStackOverflow(g);
    return nullptr;
  }
  const uint8_t* window = g->top().fp;
  ++g->nesting;
  bool returned;
  if (function->native != nullptr) {
    RunNative(g);
    returned = g->signal == Signal::kNone;
    if (returned) {
      g->Pop();
    } else if (HandleSignal(g, base) == Resume::kRun) {
      returned = Interpret(g, base);
    }
  } else {
    returned = Interpret(g, base);
  }
  --g->nesting;
  return returned ? window : nullptr;
}

// Two instructions of one form, for families.
#define R(type, offset) Get<type>(fp + (offset))
#define W(type, offset, value) Put<type>(fp + (offset), static_cast<type>(value))
#define NEXT()                                 \
  do {                                         \
    in = pc++;                                 \
    goto* labels[static_cast<size_t>(in->op)]; \
  } while (0)
#define OP(name) op_##name:
#define SAVE() frame->pc = pc
#define CHECK_SIGNAL()                                                   \
  do {                                                                   \
    if (__builtin_expect(g->signal != Signal::kNone, 0)) goto on_signal; \
  } while (0)
#define BINARY(name, type, expression) \
  OP(name) {                           \
    const type x = R(type, in->b);     \
    const type y = R(type, in->c);     \
    W(type, in->a, expression);        \
    NEXT();                            \
  }
#define UNARY(name, type, expression) \
  OP(name) {                          \
    const type x = R(type, in->b);    \
    W(type, in->a, expression);       \
    NEXT();                           \
  }
#define CONVERT(name, from, to, expression) \
  OP(name) {                                \
    const from x = R(from, in->b);          \
    W(to, in->a, expression);               \
    NEXT();                                 \
  }
#define COMPARE(name, type, expression) \
  OP(name) {                            \
    const type x = R(type, in->b);      \
    const type y = R(type, in->c);      \
    W(uint8_t, in->a, (expression));    \
    NEXT();                             \
  }
#define DIVIDE(name, type, function)                    \
  OP(name) {                                            \
    const type x = R(type, in->b);                      \
    const type y = R(type, in->c);                      \
    if (__builtin_expect(y == 0, 0)) goto zero_divisor; \
    W(type, in->a, function<type>(x, y));               \
    NEXT();                                             \
  }
#define SHIFT(name, type, function)                                     \
  OP(name) {                                                            \
    W(type, in->a, function<type>(R(type, in->b), R(uint64_t, in->c))); \
    NEXT();                                                             \
  }
#define FOR_WIDTHS(M, name, ...)     \
  M(name##8, uint8_t, __VA_ARGS__)   \
  M(name##16, uint16_t, __VA_ARGS__) \
  M(name##32, uint32_t, __VA_ARGS__) \
  M(name##64, uint64_t, __VA_ARGS__)
#define FOR_INTS(M, name, ...)        \
  M(name##I8, int8_t, __VA_ARGS__)    \
  M(name##I16, int16_t, __VA_ARGS__)  \
  M(name##I32, int32_t, __VA_ARGS__)  \
  M(name##I64, int64_t, __VA_ARGS__)  \
  M(name##U8, uint8_t, __VA_ARGS__)   \
  M(name##U16, uint16_t, __VA_ARGS__) \
  M(name##U32, uint32_t, __VA_ARGS__) \
  M(name##U64, uint64_t, __VA_ARGS__)
#define FOR_FLOATS(M, name, ...)   \
  M(name##F32, float, __VA_ARGS__) \
  M(name##F64, double, __VA_ARGS__)
// Memory seen by the race detector.
#define SEEN(address, size, write)                                                 \
  do {                                                                             \
    if (__builtin_expect(watch, 0)) {                                              \
      g->SpendOnAccess(size);                                                      \
      machine.Access(address, size, write, machine.MakeSite(frame->function, pc)); \
    }                                                                              \
  } while (0)
#define ADDRESS(register)                        \
  uint8_t* base_address = R(uint8_t*, register); \
  if (__builtin_expect(base_address == nullptr, 0)) goto nil_dereference

bool Interpret(Goroutine* g, const uint32_t base) {
  static const void* const labels[] = {
#define HEDDLE_OP(name, text, operands) &&op_##name,
#include "models/golang/bytecode/opcodes.def"
#undef HEDDLE_OP
  };
  Machine& machine = g->machine();
  const Program& program = machine.program();
  const Function* const functions = program.functions.data();
  uint8_t* const globals = machine.globals();
  const bool watch = machine.watching();
  Frame* frame;
  uint8_t* fp;
  const Instr* pc;
  const Instr* in;
  // Arguments of the calls, set before the jump to them.
  const Function* callee;
  const uint64_t* callee_closure;
  // The index and length of a failed check.
  int64_t bad_index;
  int64_t bad_length;

  const auto type_at = [&](uint32_t index) { return program.types.at(index); };

reload:
  frame = &g->top();
  fp = frame->fp;
  pc = frame->pc;
  NEXT();

on_signal:
  if (HandleSignal(g, base) == Resume::kReturn) return false;
  goto reload;
nil_dereference:
  SAVE();
  RaiseNilDereference(g, OpOperands(in->op)[2] == 'u' ? in->c : 0);
  goto on_signal;
zero_divisor:
  SAVE();
  RaiseRuntimeError(g, "integer divide by zero");
  goto on_signal;
index_out_of_range:
  SAVE();
  RaiseIndex(g, bad_index, bad_length);
  goto on_signal;

  // ---- Constants and moves ----
  OP(Nop) { NEXT(); }
#define CONST(name, type, unused)                                                      \
  OP(name) {                                                                           \
    W(type, in->a, static_cast<uint64_t>(in->b) | static_cast<uint64_t>(in->c) << 32); \
    NEXT();                                                                            \
  }
  FOR_WIDTHS(CONST, Const, 0)
  OP(ConstStr) {
    const std::string& text = program.strings[in->b];
    W(GoString, in->a, (GoString{text.data(), static_cast<int64_t>(text.size())}));
    NEXT();
  }
  OP(Zero) {
    g->SpendOnBytes(in->b);
    std::memset(fp + in->a, 0, in->b);
    NEXT();
  }
  FOR_WIDTHS(UNARY, Mov, x)
  OP(Mov128) {
    std::memmove(fp + in->a, fp + in->b, 16);
    NEXT();
  }
  OP(Mov192) {
    std::memmove(fp + in->a, fp + in->b, 24);
    NEXT();
  }
  OP(MovN) {
    g->SpendOnBytes(in->c);
    std::memmove(fp + in->a, fp + in->b, in->c);
    NEXT();
  }

  // ---- Arithmetic ----
  FOR_WIDTHS(BINARY, Add, x + y)
  FOR_WIDTHS(BINARY, Sub, x - y)
  FOR_WIDTHS(BINARY, Mul, WrapMul(x, y))
  FOR_INTS(DIVIDE, Div, Quotient)
  FOR_INTS(DIVIDE, Rem, Remainder)
  FOR_WIDTHS(BINARY, And, x & y)
  FOR_WIDTHS(BINARY, Or, x | y)
  FOR_WIDTHS(BINARY, Xor, x ^ y)
  FOR_WIDTHS(BINARY, AndNot, x & ~y)
  FOR_WIDTHS(SHIFT, Shl, ShiftLeft)
  FOR_INTS(SHIFT, Shr, ShiftRight)
  OP(ShiftCheck) {
    if (__builtin_expect(R(int64_t, in->a) < 0, 0)) {
      SAVE();
      RaiseRuntimeError(g, "negative shift amount");
      goto on_signal;
    }
    NEXT();
  }
  OP(AddImm64) {
    W(uint64_t, in->a,
      R(uint64_t, in->b) + static_cast<uint64_t>(int64_t{static_cast<int32_t>(in->c)}));
    NEXT();
  }
  FOR_WIDTHS(UNARY, Neg, 0 - x)
  FOR_WIDTHS(UNARY, Com, ~x)
  OP(Not) {
    W(uint8_t, in->a, R(uint8_t, in->b) ^ 1);
    NEXT();
  }
  FOR_FLOATS(BINARY, Add, x + y)
  FOR_FLOATS(BINARY, Sub, x - y)
  FOR_FLOATS(BINARY, Mul, x * y)
  FOR_FLOATS(BINARY, Div, x / y)
  FOR_FLOATS(UNARY, Neg, -x)
  FOR_FLOATS(BINARY, Min, FloatMin(x, y))
  FOR_FLOATS(BINARY, Max, FloatMax(x, y))
#define COMPLEX_OPS(suffix, part)                                                       \
  BINARY(Add##suffix, Complex<part>, (Complex<part>{x.real + y.real, x.imag + y.imag})) \
  BINARY(Sub##suffix, Complex<part>, (Complex<part>{x.real - y.real, x.imag - y.imag})) \
  BINARY(Mul##suffix, Complex<part>, ComplexMul(x, y))                                  \
  OP(Div##suffix) {                                                                     \
    const auto x = R(Complex<part>, in->b);                                             \
    const auto y = R(Complex<part>, in->c);                                             \
    const Complex<double> q = ComplexDiv({x.real, x.imag}, {y.real, y.imag});           \
    W(Complex<part>, in->a,                                                             \
      (Complex<part>{static_cast<part>(q.real), static_cast<part>(q.imag)}));           \
    NEXT();                                                                             \
  }                                                                                     \
  UNARY(Neg##suffix, Complex<part>, (Complex<part>{-x.real, -x.imag}))                  \
  OP(Make##suffix) {                                                                    \
    const part x = R(part, in->b);                                                      \
    const part y = R(part, in->c);                                                      \
    W(Complex<part>, in->a, (Complex<part>{x, y}));                                     \
    NEXT();                                                                             \
  }                                                                                     \
  CONVERT(Real##suffix, Complex<part>, part, x.real)                                    \
  CONVERT(Imag##suffix, Complex<part>, part, x.imag)                                    \
  COMPARE(Eq##suffix, Complex<part>, x.real == y.real && x.imag == y.imag)              \
  COMPARE(Ne##suffix, Complex<part>, !(x.real == y.real && x.imag == y.imag))
  COMPLEX_OPS(C64, float)
  COMPLEX_OPS(C128, double)

  // ---- Comparisons ----
  FOR_WIDTHS(COMPARE, Eq, x == y)
  FOR_WIDTHS(COMPARE, Ne, x != y)
  FOR_INTS(COMPARE, Lt, x < y)
  FOR_INTS(COMPARE, Le, x <= y)
  FOR_FLOATS(COMPARE, Eq, x == y)
  FOR_FLOATS(COMPARE, Ne, x != y)
  FOR_FLOATS(COMPARE, Lt, x < y)
  FOR_FLOATS(COMPARE, Le, x <= y)
#define COMPARE_STRINGS(name, expression) \
  COMPARE(name, GoString, (g->SpendOnBytes(static_cast<uint64_t>(x.length)), (expression)))
  COMPARE_STRINGS(EqStr, x.length == y.length && x.view() == y.view())
  COMPARE_STRINGS(NeStr, x.length != y.length || x.view() != y.view())
  COMPARE_STRINGS(LtStr, CompareStrings(x, y) < 0)
  COMPARE_STRINGS(LeStr, CompareStrings(x, y) <= 0)
  OP(EqIface) {
    const RType* uncomparable = nullptr;
    const bool equal = EqualInterfaces(R(GoInterface, in->b), R(GoInterface, in->c), &uncomparable);
    if (__builtin_expect(uncomparable != nullptr, 0)) {
      SAVE();
      RaiseRuntimeError(g, "comparing uncomparable type " + uncomparable->name);
      goto on_signal;
    }
    W(uint8_t, in->a, equal);
    NEXT();
  }
  OP(EqVal) {
    const RType* uncomparable = nullptr;
    g->SpendOnBytes(type_at(in->d)->size * 8);
    const bool equal = EqualValues(type_at(in->d), fp + in->b, fp + in->c, &uncomparable);
    if (__builtin_expect(uncomparable != nullptr, 0)) {
      SAVE();
      RaiseRuntimeError(g, "comparing uncomparable type " + uncomparable->name);
      goto on_signal;
    }
    W(uint8_t, in->a, equal);
    NEXT();
  }

  // ---- Conversions ----
  CONVERT(ExtI8, int8_t, int64_t, x)
  CONVERT(ExtI16, int16_t, int64_t, x)
  CONVERT(ExtI32, int32_t, int64_t, x)
  CONVERT(ExtU8, uint8_t, uint64_t, x)
  CONVERT(ExtU16, uint16_t, uint64_t, x)
  CONVERT(ExtU32, uint32_t, uint64_t, x)
  CONVERT(I64ToF64, int64_t, double, x)
  CONVERT(U64ToF64, uint64_t, double, x)
  CONVERT(I64ToF32, int64_t, float, x)
  CONVERT(U64ToF32, uint64_t, float, x)
  CONVERT(F64ToI64, double, int64_t, FloatToInt(x))
  CONVERT(F64ToU64, double, uint64_t, FloatToUint(x))
  CONVERT(F32ToF64, float, double, x)
  CONVERT(F64ToF32, double, float, x)
  CONVERT(C64ToC128, Complex<float>, Complex<double>, (Complex<double>{x.real, x.imag}))
  CONVERT(C128ToC64, Complex<double>, Complex<float>,
          (Complex<float>{static_cast<float>(x.real), static_cast<float>(x.imag)}))

  // ---- Control flow ----
  OP(Jmp) {
    pc = frame->function->code.data() + in->a;
    NEXT();
  }
  OP(Jz) {
    if (R(uint8_t, in->a) == 0) pc = frame->function->code.data() + in->b;
    NEXT();
  }
  OP(Jnz) {
    if (R(uint8_t, in->a) != 0) pc = frame->function->code.data() + in->b;
    NEXT();
  }
#define JUMP(name, condition)                                 \
  OP(name) {                                                  \
    const int64_t x = R(int64_t, in->a);                      \
    const int64_t y = R(int64_t, in->b);                      \
    if (condition) pc = frame->function->code.data() + in->c; \
    NEXT();                                                   \
  }
  JUMP(JEqI64, x == y)
  JUMP(JNeI64, x != y)
  JUMP(JLtI64, x < y)
  JUMP(JLeI64, x <= y)
  OP(JEqImm) {
    if (R(int64_t, in->a) == static_cast<int32_t>(in->b)) pc = frame->function->code.data() + in->c;
    NEXT();
  }
  OP(JNeImm) {
    if (R(int64_t, in->a) != static_cast<int32_t>(in->b)) pc = frame->function->code.data() + in->c;
    NEXT();
  }
  OP(Loop) {
    g->budget -= static_cast<int64_t>(in->b) + 1;
    if (__builtin_expect(g->budget < 0, 0)) machine.Cut("max-instructions");
    if (g->visible != g->loop_visible || g->loop_head != in) {
      SAVE();
      VisitLoopHead(g, in);
      CHECK_SIGNAL();
    }
    NEXT();
  }

  // ---- Calls ----
  OP(Call) {
    callee = functions + in->b;
    callee_closure = nullptr;
    goto do_call;
  }
  OP(CallClosure) {
    callee_closure = R(const uint64_t*, in->b);
    if (__builtin_expect(callee_closure == nullptr, 0)) goto nil_dereference;
    callee = functions + *callee_closure;
    goto do_call;
  }
  OP(CallIface) {
    SAVE();
    callee = ResolveMethod(g, fp + in->b, in->c, fp + in->a);
    if (__builtin_expect(callee == nullptr, 0)) goto on_signal;
    callee_closure = nullptr;
    goto do_call;
  }
do_call:
  SAVE();
  g->budget -= kCallCost;
  if (__builtin_expect(g->budget < 0, 0)) machine.Cut("max-instructions");
  if (__builtin_expect(!g->Push(callee, fp + in->a), 0)) {
    FatalStackOverflow(g);
    goto on_signal;
  }
  frame = &g->top();
  if (callee->native != nullptr) {
    if (callee->closure_slot != kNoRegister) Put(frame->fp + callee->closure_slot, callee_closure);
    RunNative(g);
    CHECK_SIGNAL();
    g->Pop();
    frame = &g->top();
    NEXT();
  }
  fp = frame->fp;
  pc = frame->pc;
  if (callee->closure_slot != kNoRegister) W(const uint64_t*, callee->closure_slot, callee_closure);
  NEXT();
  OP(Ret) {
    const uint32_t deferred_panic = frame->deferred_panic;
    const uint32_t owner = frame->defer_owner;
    g->Pop();
    if (__builtin_expect(deferred_panic != 0, 0)) {
      if (AfterDeferredCall(g, owner, base) == Resume::kReturn) return false;
      goto reload;
    }
    if (g->depth == base) return true;
    goto reload;
  }
  OP(Go) {
    SAVE();
    StartGoroutine(g, functions + in->b, nullptr, fp + in->a + functions[in->b].results_size);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(GoClosure) {
    SAVE();
    const auto* closure = R(const uint64_t*, in->b);
    if (closure == nullptr) {
      Fatal(g, "go of nil func value");
      goto on_signal;
    }
    const Function* function = functions + *closure;
    StartGoroutine(g, function, closure, fp + in->a + function->results_size);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(GoIface) {
    SAVE();
    const Function* function = ResolveMethod(g, fp + in->b, in->c, fp + in->a);
    CHECK_SIGNAL();
    StartGoroutine(g, function, nullptr, fp + in->a + function->results_size);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(Defer) {
    AddDefer(g, functions + in->b, nullptr, fp + in->a, pc);
    NEXT();
  }
  OP(DeferClosure) {
    const auto* closure = R(const uint64_t*, in->b);
    AddDefer(g, closure == nullptr ? nullptr : functions + *closure, closure, fp + in->a, pc);
    NEXT();
  }
  OP(DeferIface) {
    SAVE();
    const Function* function = ResolveMethod(g, fp + in->b, in->c, fp + in->a);
    CHECK_SIGNAL();
    AddDefer(g, function, nullptr, fp + in->a, pc);
    NEXT();
  }
  OP(RunDefers) {
    DeferRecord* record = frame->defers;
    frame->deferring = record == nullptr ? nullptr : record->at;
    if (record == nullptr) NEXT();
    frame->defers = record->next;
    callee = record->function;
    if (callee == nullptr) goto nil_dereference;
    frame->pc = in;  // once more when the call has returned
    const bool pushed = g->PushCall(callee, record->closure, record->args());
    machine.FreeDefer(record);
    if (!pushed) {
      FatalStackOverflow(g);
      goto on_signal;
    }
    if (callee->native != nullptr) {
      RunNative(g);
      CHECK_SIGNAL();
      g->Pop();
    }
    goto reload;
  }
  OP(Panic) {
    SAVE();
    RaiseValue(g, R(GoInterface, in->a));
    goto on_signal;
  }
  OP(Recover) {
    SAVE();
    const GoInterface value = Recover(g);
    frame = &g->top();
    W(GoInterface, in->a, value);
    NEXT();
  }
  OP(FuncConst) {
    W(const uint64_t*, in->a, &program.static_closures[in->b]);
    NEXT();
  }
  OP(Closure) {
    SAVE();
    auto* closure = static_cast<uint8_t*>(machine.Allocate(g, 8 + in->d));
    Put<uint64_t>(closure, in->b);
    std::memcpy(closure + 8, fp + in->c, in->d);
    W(uint8_t*, in->a, closure);
    NEXT();
  }
  OP(LoadCap) {
    const uint8_t* closure = R(const uint8_t*, frame->function->closure_slot);
    CopyBytes(fp + in->a, closure + 8 + in->b, in->c);
    NEXT();
  }

  // ---- Memory ----
#define LOAD(name, type, unused)                     \
  OP(name) {                                         \
    ADDRESS(in->b);                                  \
    SEEN(base_address + in->c, sizeof(type), false); \
    W(type, in->a, Get<type>(base_address + in->c)); \
    NEXT();                                          \
  }
  FOR_WIDTHS(LOAD, Load, 0)
  OP(LoadN) {
    ADDRESS(in->b);
    SEEN(base_address + in->d, in->c, false);
    g->SpendOnBytes(in->c);
    CopyBytes(fp + in->a, base_address + in->d, in->c);
    NEXT();
  }
#define STORE(name, type, unused)                    \
  OP(name) {                                         \
    ADDRESS(in->a);                                  \
    SEEN(base_address + in->c, sizeof(type), true);  \
    ++g->effects;                                    \
    Put<type>(base_address + in->c, R(type, in->b)); \
    NEXT();                                          \
  }
  FOR_WIDTHS(STORE, Store, 0)
  OP(StoreN) {
    ADDRESS(in->a);
    SEEN(base_address + in->d, in->c, true);
    g->SpendOnBytes(in->c);
    ++g->effects;
    CopyBytes(base_address + in->d, fp + in->b, in->c);
    NEXT();
  }
  OP(Lea) {
    ADDRESS(in->b);
    W(uint8_t*, in->a, base_address + in->c);
    NEXT();
  }
  OP(NilCheck) {
    if (R(uint64_t, in->a) == 0) goto nil_dereference;
    NEXT();
  }
#define LOAD_GLOBAL(name, type, unused)         \
  OP(name) {                                    \
    SEEN(globals + in->b, sizeof(type), false); \
    W(type, in->a, Get<type>(globals + in->b)); \
    NEXT();                                     \
  }
  FOR_WIDTHS(LOAD_GLOBAL, LoadGlobal, 0)
  OP(LoadGlobalN) {
    SEEN(globals + in->b, in->c, false);
    g->SpendOnBytes(in->c);
    CopyBytes(fp + in->a, globals + in->b, in->c);
    NEXT();
  }
#define STORE_GLOBAL(name, type, unused)        \
  OP(name) {                                    \
    SEEN(globals + in->a, sizeof(type), true);  \
    ++g->effects;                               \
    Put<type>(globals + in->a, R(type, in->b)); \
    NEXT();                                     \
  }
  FOR_WIDTHS(STORE_GLOBAL, StoreGlobal, 0)
  OP(StoreGlobalN) {
    SEEN(globals + in->a, in->c, true);
    g->SpendOnBytes(in->c);
    ++g->effects;
    CopyBytes(globals + in->a, fp + in->b, in->c);
    NEXT();
  }
  OP(GlobalAddr) {
    W(uint8_t*, in->a, globals + in->b);
    NEXT();
  }
  OP(New) {
    SAVE();
    void* const memory = machine.Allocate(g, type_at(in->b)->size);
    if (__builtin_expect(machine.origins().keeps(), 0)) {
      machine.origins().Note(*g, memory, type_at(in->b), in->a);
    }
    W(void*, in->a, memory);
    NEXT();
  }

  // ---- Arrays, slices, strings ----
#define CHECK_INDEX(index, length)                                                            \
  do {                                                                                        \
    if (__builtin_expect(static_cast<uint64_t>(index) >= static_cast<uint64_t>(length), 0)) { \
      bad_index = index;                                                                      \
      bad_length = static_cast<int64_t>(length);                                              \
      goto index_out_of_range;                                                                \
    }                                                                                         \
  } while (0)
  OP(ArrayIndex) {
    const RType* type = type_at(in->d);
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, type->length);
    const uint64_t size = type->elem->size;
    g->SpendOnBytes(size);
    CopyBytes(fp + in->a, fp + in->b + static_cast<uint64_t>(index) * size, size);
    NEXT();
  }
  OP(ArraySet) {
    const RType* type = type_at(in->d);
    const int64_t index = R(int64_t, in->b);
    CHECK_INDEX(index, type->length);
    const uint64_t size = type->elem->size;
    g->SpendOnBytes(size);
    CopyBytes(fp + in->a + static_cast<uint64_t>(index) * size, fp + in->c, size);
    NEXT();
  }
  OP(ArrayAddr) {
    ADDRESS(in->b);
    const RType* type = type_at(in->d);
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, type->length);
    W(uint8_t*, in->a, base_address + static_cast<uint64_t>(index) * type->elem->size);
    NEXT();
  }
#define SLICE_INDEX(name, type, unused)                                                         \
  OP(name) {                                                                                    \
    const int64_t index = R(int64_t, in->c);                                                    \
    CHECK_INDEX(index, R(int64_t, in->b + 8));                                                  \
    const uint8_t* at = R(const uint8_t*, in->b) + static_cast<uint64_t>(index) * sizeof(type); \
    SEEN(at, sizeof(type), false);                                                              \
    W(type, in->a, Get<type>(at));                                                              \
    NEXT();                                                                                     \
  }
  FOR_WIDTHS(SLICE_INDEX, SliceIndex, 0)
  OP(SliceIndexN) {
    const uint64_t size = type_at(in->d)->size;
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, R(int64_t, in->b + 8));
    const uint8_t* at = R(const uint8_t*, in->b) + static_cast<uint64_t>(index) * size;
    SEEN(at, size, false);
    g->SpendOnBytes(size);
    CopyBytes(fp + in->a, at, size);
    NEXT();
  }
#define SLICE_SET(name, type, unused)                                               \
  OP(name) {                                                                        \
    const int64_t index = R(int64_t, in->b);                                        \
    CHECK_INDEX(index, R(int64_t, in->a + 8));                                      \
    uint8_t* at = R(uint8_t*, in->a) + static_cast<uint64_t>(index) * sizeof(type); \
    SEEN(at, sizeof(type), true);                                                   \
    ++g->effects;                                                                   \
    Put<type>(at, R(type, in->c));                                                  \
    NEXT();                                                                         \
  }
  FOR_WIDTHS(SLICE_SET, SliceSet, 0)
  OP(SliceSetN) {
    const uint64_t size = type_at(in->d)->size;
    const int64_t index = R(int64_t, in->b);
    CHECK_INDEX(index, R(int64_t, in->a + 8));
    uint8_t* at = R(uint8_t*, in->a) + static_cast<uint64_t>(index) * size;
    SEEN(at, size, true);
    g->SpendOnBytes(size);
    ++g->effects;
    CopyBytes(at, fp + in->c, size);
    NEXT();
  }
  OP(SliceAddr) {
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, R(int64_t, in->b + 8));
    W(uint8_t*, in->a, R(uint8_t*, in->b) + static_cast<uint64_t>(index) * type_at(in->d)->size);
    NEXT();
  }
  OP(StrIndex) {
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, R(int64_t, in->b + 8));
    W(uint8_t, in->a, R(const uint8_t*, in->b)[index]);
    NEXT();
  }
  OP(IndexCheck) {
    const int64_t index = R(int64_t, in->a);
    CHECK_INDEX(index, R(int64_t, in->b));
    NEXT();
  }
  OP(Slice2) {
    SAVE();
    const GoSlice slice = SliceOfSlice(g, R(GoSlice, in->b), type_at(in->d)->size,
                                       R(int64_t, in->c), R(int64_t, in->c + 8));
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(Slice3) {
    SAVE();
    const GoSlice slice =
        SliceOfSlice3(g, R(GoSlice, in->b), type_at(in->d)->size, R(int64_t, in->c),
                      R(int64_t, in->c + 8), R(int64_t, in->c + 16), "capacity");
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(SliceArray2) {
    ADDRESS(in->b);
    SAVE();
    const GoSlice slice =
        SliceOfArray(g, base_address, type_at(in->d), R(int64_t, in->c), R(int64_t, in->c + 8));
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(SliceArray3) {
    ADDRESS(in->b);
    SAVE();
    const RType* type = type_at(in->d);
    const auto length = static_cast<int64_t>(type->length);
    const GoSlice slice =
        SliceOfSlice3(g, {base_address, length, length}, type->elem->size, R(int64_t, in->c),
                      R(int64_t, in->c + 8), R(int64_t, in->c + 16), "length");
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(SliceStr) {
    SAVE();
    const GoString text =
        SliceOfString(g, R(GoString, in->b), R(int64_t, in->c), R(int64_t, in->c + 8));
    CHECK_SIGNAL();
    W(GoString, in->a, text);
    NEXT();
  }
  OP(SliceToArrayPtr) {
    const auto slice = R(GoSlice, in->b);
    const auto wanted = static_cast<int64_t>(type_at(in->d)->length);
    if (slice.length < wanted) {
      SAVE();
      RaiseBoundsError(
          g, fmt::format(
                 "cannot convert slice with length {} to array or pointer to array with length {}",
                 slice.length, wanted));
      goto on_signal;
    }
    W(uint8_t*, in->a, slice.data);
    NEXT();
  }
  OP(MakeSlice) {
    SAVE();
    const GoSlice slice = MakeSlice(g, type_at(in->d), R(int64_t, in->b), R(int64_t, in->c));
    CHECK_SIGNAL();
    if (__builtin_expect(machine.origins().keeps(), 0)) {
      machine.origins().NoteSlice(*g, slice.data, type_at(in->d), slice.capacity);
    }
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(Append) {
    SAVE();
    const auto more = R(GoSlice, in->b);
    const RType* elem = type_at(in->d);
    if (more.length != 0) SEEN(more.data, static_cast<uint64_t>(more.length) * elem->size, false);
    const GoSlice slice = AppendElements(g, elem, R(GoSlice, in->a), more.data, more.length);
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(AppendN) {
    SAVE();
    const GoSlice slice = AppendElements(g, type_at(in->d), R(GoSlice, in->a), fp + in->b, in->c);
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(AppendStr) {
    SAVE();
    const auto text = R(GoString, in->b);
    const GoSlice slice = AppendElements(g, program.types.Basic(Kind::kUint8), R(GoSlice, in->a),
                                         text.data, text.length);
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(CopySlice) {
    SAVE();
    const auto from = R(GoSlice, in->c);
    W(int64_t, in->a,
      CopyElements(g, type_at(in->d)->size, R(GoSlice, in->b), from.data, from.length, true));
    NEXT();
  }
  OP(CopyStr) {
    SAVE();
    const auto from = R(GoString, in->c);
    W(int64_t, in->a, CopyElements(g, 1, R(GoSlice, in->b), from.data, from.length, false));
    NEXT();
  }
  OP(ClearSlice) {
    const auto slice = R(GoSlice, in->a);
    const uint64_t size = static_cast<uint64_t>(slice.length) * type_at(in->d)->size;
    if (size != 0) {
      SEEN(slice.data, size, true);
      g->SpendOnBytes(size);
      ++g->effects;
      std::memset(slice.data, 0, size);
    }
    NEXT();
  }
  OP(Concat) {
    SAVE();
    W(GoString, in->a, Concat(g, reinterpret_cast<const GoString*>(fp + in->b), in->c));
    NEXT();
  }
  OP(StrDecode) {
    const auto text = R(GoString, in->b);
    const int64_t index = R(int64_t, in->c);
    CHECK_INDEX(index, text.length);
    const Decoded decoded = DecodeRune(text.data + index, text.length - index);
    W(int32_t, in->a, decoded.rune);
    W(int64_t, in->a + 8, index + decoded.width);
    NEXT();
  }
  OP(RuneToStr) {
    SAVE();
    W(GoString, in->a, RuneToString(g, R(int64_t, in->b)));
    NEXT();
  }
  OP(BytesToStr) {
    SAVE();
    const auto bytes = R(GoSlice, in->b);
    if (bytes.length != 0) SEEN(bytes.data, static_cast<uint64_t>(bytes.length), false);
    W(GoString, in->a,
      machine.NewString(
          g, {reinterpret_cast<const char*>(bytes.data), static_cast<size_t>(bytes.length)}));
    NEXT();
  }
  OP(StrToBytes) {
    SAVE();
    W(GoSlice, in->a, StringToBytes(g, R(GoString, in->b)));
    NEXT();
  }
  OP(RunesToStr) {
    SAVE();
    const auto runes = R(GoSlice, in->b);
    if (runes.length != 0) SEEN(runes.data, static_cast<uint64_t>(runes.length) * 4, false);
    W(GoString, in->a, RunesToString(g, runes));
    NEXT();
  }
  OP(StrToRunes) {
    SAVE();
    W(GoSlice, in->a, StringToRunes(g, R(GoString, in->b)));
    NEXT();
  }

  OP(UnsafeSlice) {
    SAVE();
    const GoSlice slice = SliceOfMemory(g, R(uint8_t*, in->b), type_at(in->d)->size,
                                        R(int64_t, in->c), "unsafe.Slice");
    CHECK_SIGNAL();
    W(GoSlice, in->a, slice);
    NEXT();
  }
  OP(UnsafeStr) {
    SAVE();
    const GoSlice bytes =
        SliceOfMemory(g, R(uint8_t*, in->b), 1, R(int64_t, in->c), "unsafe.String");
    CHECK_SIGNAL();
    W(GoString, in->a, (GoString{reinterpret_cast<const char*>(bytes.data), bytes.length}));
    NEXT();
  }
  OP(PtrToInt) {
    W(uint64_t, in->a, machine.PrintableAddress(R(uint64_t, in->b)));
    NEXT();
  }
  OP(StrData) {
    SAVE();
    auto text = R(GoString, in->b);
    if (!machine.heap().Contains(text.data)) text = machine.NewString(g, text.view());
    W(const char*, in->a, text.data);
    NEXT();
  }

  // ---- Interfaces ----
  OP(MakeIface) {
    SAVE();
    W(GoInterface, in->a, machine.MakeInterface(g, type_at(in->c), fp + in->b));
    NEXT();
  }
  OP(Assert) {
    const auto iface = R(GoInterface, in->b);
    const RType* target = type_at(in->c);
    if (__builtin_expect(!TypeMatches(iface.type, target), 0)) {
      SAVE();
      const std::string* missing = nullptr;
      if (iface.type != nullptr && target->IsInterface()) Implements(iface.type, target, &missing);
      RaiseTypeAssertion(g, type_at(in->d), iface.type, target, missing);
      goto on_signal;
    }
    if (target->IsInterface()) {
      W(GoInterface, in->a, iface);
    } else {
      Unbox(target, iface.data, fp + in->a);
    }
    NEXT();
  }
  OP(Assert2) {
    const auto iface = R(GoInterface, in->b);
    const RType* target = type_at(in->c);
    const bool matches = TypeMatches(iface.type, target);
    if (!matches) {
      std::memset(fp + in->a, 0, target->size);
    } else if (target->IsInterface()) {
      W(GoInterface, in->a, iface);
    } else {
      Unbox(target, iface.data, fp + in->a);
    }
    W(uint8_t, in->a + SlotSize(target->size), matches);
    NEXT();
  }
  OP(IfaceIs) {
    W(uint8_t, in->a, TypeMatches(R(const RType*, in->b), type_at(in->c)));
    NEXT();
  }
  OP(IfaceData) {
    const RType* type = type_at(in->c);
    Unbox(type, R(uint64_t, in->b + 8), fp + in->a);
    NEXT();
  }

  // ---- Maps ----
  OP(MakeMap) {
    SAVE();
    W(GoMap*, in->a, MakeMap(g, type_at(in->d), R(int64_t, in->b)));
    NEXT();
  }
#define SEEN_MAP(map, write) \
  if (map != nullptr) SEEN(map, sizeof(GoMap), write)
  OP(MapGet) {
    SAVE();
    const RType* type = type_at(in->d);
    GoMap* map = R(GoMap*, in->b);
    SEEN_MAP(map, false);
    const uint8_t* value = MapFind(g, type, map, fp + in->c);
    CHECK_SIGNAL();
    if (value == nullptr) {
      std::memset(fp + in->a, 0, type->elem->size);
    } else {
      CopyBytes(fp + in->a, value, type->elem->size);
    }
    NEXT();
  }
  OP(MapGet2) {
    SAVE();
    const RType* type = type_at(in->d);
    GoMap* map = R(GoMap*, in->b);
    SEEN_MAP(map, false);
    const uint8_t* value = MapFind(g, type, map, fp + in->c);
    CHECK_SIGNAL();
    if (value == nullptr) {
      std::memset(fp + in->a, 0, type->elem->size);
    } else {
      CopyBytes(fp + in->a, value, type->elem->size);
    }
    W(uint8_t, in->a + SlotSize(type->elem->size), value != nullptr);
    NEXT();
  }
  OP(MapSet) {
    SAVE();
    const RType* type = type_at(in->d);
    GoMap* map = R(GoMap*, in->a);
    SEEN_MAP(map, true);
    uint8_t* value = MapPut(g, type, map, fp + in->b);
    CHECK_SIGNAL();
    CopyBytes(value, fp + in->c, type->elem->size);
    NEXT();
  }
  OP(MapDelete) {
    SAVE();
    GoMap* map = R(GoMap*, in->a);
    SEEN_MAP(map, true);
    MapDelete(g, type_at(in->d), map, fp + in->b);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(MapLen) {
    const GoMap* map = R(GoMap*, in->b);
    SEEN_MAP(map, false);
    W(int64_t, in->a, map == nullptr ? 0 : map->count);
    NEXT();
  }
  OP(MapClear) {
    GoMap* map = R(GoMap*, in->a);
    SEEN_MAP(map, true);
    ++g->effects;
    if (map != nullptr) g->SpendOnBytes(uint64_t{map->used} * 64);
    MapClear(map);
    NEXT();
  }
  OP(MapIter) {
    GoMap* map = R(GoMap*, in->b);
    SEEN_MAP(map, false);
    MapStart(g, map, reinterpret_cast<MapIterator*>(fp + in->a));
    NEXT();
  }
  OP(MapNext) {
    const GoMap* map = R(GoMap*, in->a);
    SEEN_MAP(map, false);
    const RType* type = type_at(in->d);
    const uint8_t* key = nullptr;
    const uint8_t* value = nullptr;
    MapNext(reinterpret_cast<MapIterator*>(fp + in->a), &key, &value);
    if (key != nullptr) {
      if (in->b != kNoRegister) CopyBytes(fp + in->b, key, type->key->size);
      if (in->c != kNoRegister) CopyBytes(fp + in->c, value, type->elem->size);
    }
    NEXT();
  }

  // ---- Channels ----
  OP(MakeChan) {
    SAVE();
    W(GoChan*, in->a, MakeChan(g, type_at(in->d)->elem, R(int64_t, in->b)));
    CHECK_SIGNAL();
    NEXT();
  }
  OP(ChanSend) {
    SAVE();
    ChanSend(g, R(GoChan*, in->a), fp + in->b);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(ChanRecv) {
    SAVE();
    ChanReceive(g, R(GoChan*, in->b), in->a == kNoRegister ? nullptr : fp + in->a,
                type_at(in->d)->size);
    CHECK_SIGNAL();
    NEXT();
  }
  OP(ChanRecv2) {
    SAVE();
    const uint64_t size = type_at(in->d)->size;
    const bool ok = ChanReceive(g, R(GoChan*, in->b), fp + in->a, size);
    CHECK_SIGNAL();
    W(uint8_t, in->a + SlotSize(size), ok);
    NEXT();
  }
  OP(ChanClose) {
    SAVE();
    ChanClose(g, R(GoChan*, in->a));
    CHECK_SIGNAL();
    NEXT();
  }
  OP(ChanLen) {
    SAVE();
    const int64_t length = ChanLen(g, R(GoChan*, in->b));
    CHECK_SIGNAL();
    W(int64_t, in->a, length);
    NEXT();
  }
  OP(ChanCap) {
    const GoChan* channel = R(GoChan*, in->b);
    W(int64_t, in->a, channel == nullptr ? 0 : channel->capacity());
    NEXT();
  }
  OP(Select) {
    SAVE();
    const int64_t taken = Select(g, frame->function->selects[in->b], fp);
    CHECK_SIGNAL();
    W(int64_t, in->a, taken);
    NEXT();
  }

  // ---- print, println ----
  OP(Print) {
    SAVE();
    machine.Write(g, 2, PrintText(machine, type_at(in->b), fp + in->a));
    NEXT();
  }
  OP(PrintText) {
    SAVE();
    machine.Write(g, 2, program.strings[in->a]);
    NEXT();
  }
}

}  // namespace heddle::golang::vm
