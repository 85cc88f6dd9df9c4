// SPDX-License-Identifier: Apache-2.0
// Natives of math, math/bits and math/rand.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "models/golang/std/elementary.h"
#include "models/golang/std/lagged_fibonacci.h"
#include "models/golang/std/natives.h"
#include "models/golang/std/timers.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {
namespace {

using vm::GoSlice;
using vm::NativeCall;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const double kNaN = std::bit_cast<double>(uint64_t{0x7FF8000000000001});

// ---- math

template <double (*function)(double)>
void Unary(NativeCall& call) {
  call.Return(function(call.Arg<double>()));
}

template <double (*function)(double, double)>
void Binary(NativeCall& call) {
  const auto x = call.Arg<double>();
  call.Return(function(x, call.Arg<double>()));
}

double Max(double x, double y) {
  if (x == kInfinity || y == kInfinity) {
    return kInfinity;
  }
  if (std::isnan(x) || std::isnan(y)) {
    return kNaN;
  }
  if (x == 0 && y == 0) {
    return std::signbit(x) ? y : x;
  }
  return x > y ? x : y;
}

double Min(double x, double y) {
  if (x == -kInfinity || y == -kInfinity) {
    return -kInfinity;
  }
  if (std::isnan(x) || std::isnan(y)) {
    return kNaN;
  }
  if (x == 0 && y == 0) {
    return std::signbit(x) ? x : y;
  }
  return x < y ? x : y;
}

double Dim(double x, double y) {
  const double difference = x - y;
  return difference <= 0 ? 0 : difference;
}

double Abs(double x) { return std::fabs(x); }
double Acosh(double x) { return std::acosh(x); }
double Asinh(double x) { return std::asinh(x); }
double Atanh(double x) { return std::atanh(x); }
double Ceil(double x) { return std::ceil(x); }
double Erf(double x) { return std::erf(x); }
double Erfc(double x) { return std::erfc(x); }
double Expm1(double x) { return std::expm1(x); }
double Floor(double x) { return std::floor(x); }
double Gamma(double x) {
  return x == -kInfinity || (x < 0 && x == std::floor(x)) ? kNaN : std::tgamma(x);
}
double J0(double x) { return ::j0(x); }
double J1(double x) { return ::j1(x); }
double Y0(double x) { return x < 0 ? kNaN : ::y0(x); }
double Y1(double x) { return x < 0 ? kNaN : ::y1(x); }
double Log1p(double x) { return std::log1p(x); }
double Round(double x) { return std::round(x); }
double RoundToEven(double x) { return std::nearbyint(x); }
double Sqrt(double x) { return std::sqrt(x); }
double Trunc(double x) { return std::trunc(x); }
double Remainder(double x, double y) { return std::remainder(x, y); }
double Copysign(double x, double y) { return std::copysign(x, y); }

double Mod(double x, double y) {
  return y == 0 || std::isinf(x) || std::isnan(x) || std::isnan(y) ? kNaN : std::fmod(x, y);
}

double Nextafter(double x, double y) { return x == y ? x : std::nextafter(x, y); }

double Logb(double x) { return std::logb(x); }

// The inverse of erf by Newton's method on a first guess (Winitzki 2008).
double Erfinv(double x) {
  if (std::isnan(x) || x < -1 || x > 1) {
    return kNaN;
  }
  if (std::fabs(x) == 1) {
    return std::copysign(kInfinity, x);
  }
  const double a = 0.147;
  const double log = std::log1p(-x * x);
  const double middle = 2 / (M_PI * a) + log / 2;
  double y = std::copysign(std::sqrt(std::sqrt(middle * middle - log / a) - middle), x);
  for (int i = 0; i < 4; ++i) {
    const double error = x < 0 ? -(std::erfc(-y) - (1 + x)) * -1 : (1 - x) - std::erfc(y);
    y -= (x < 0 ? -error : error) / (M_2_SQRTPI * std::exp(-y * y));
  }
  return y;
}

void Fma(NativeCall& call) {
  const auto x = call.Arg<double>();
  const auto y = call.Arg<double>();
  call.Return(std::fma(x, y, call.Arg<double>()));
}

void Frexp(NativeCall& call) {
  const auto x = call.Arg<double>();
  int exponent = 0;
  const double fraction = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  call.Return(fraction);
  call.Return(int64_t{exponent});
}

void Ldexp(NativeCall& call) {
  const auto fraction = call.Arg<double>();
  const auto exponent = call.Arg<int64_t>();
  call.Return(std::ldexp(fraction, static_cast<int>(std::clamp<int64_t>(exponent, -5000, 5000))));
}

void Modf(NativeCall& call) {
  const auto x = call.Arg<double>();
  double whole = 0;
  double fraction = std::modf(x, &whole);
  if (std::isinf(x)) {
    fraction = kNaN;
  }
  call.Return(whole);
  call.Return(fraction);
}

void Lgamma(NativeCall& call) {
  int sign = 1;
  const double value = ::lgamma_r(call.Arg<double>(), &sign);
  call.Return(value);
  call.Return(int64_t{sign < 0 ? -1 : 1});
}

void Ilogb(NativeCall& call) {
  const auto x = call.Arg<double>();
  call.Return(x == 0          ? std::numeric_limits<int32_t>::min()
              : std::isnan(x) ? int64_t{std::numeric_limits<int32_t>::max()}
              : std::isinf(x) ? int64_t{std::numeric_limits<int32_t>::max()}
                              : int64_t{std::ilogb(x)});
}

void Jn(NativeCall& call) {
  const auto n = call.Arg<int64_t>();
  call.Return(::jn(static_cast<int>(n), call.Arg<double>()));
}

void Yn(NativeCall& call) {
  const auto n = call.Arg<int64_t>();
  const auto x = call.Arg<double>();
  call.Return(x < 0 ? kNaN : ::yn(static_cast<int>(n), x));
}

void Nextafter32(NativeCall& call) {
  const auto x = call.Arg<float>();
  call.Return(std::nextafter(x, call.Arg<float>()));
}

void Pow10(NativeCall& call) {
  const std::string text = "1e" + std::to_string(call.Arg<int64_t>());
  call.Return(std::strtod(text.c_str(), nullptr));
}

// Bits as they are: float64 and uint64 take the same place.
template <typename T>
void SameBits(NativeCall& call) {
  call.Return(call.Arg<T>());
}

// ---- math/bits

void OnesCount(NativeCall& call) { call.Return(int64_t{std::popcount(call.Arg<uint64_t>())}); }
void Len(NativeCall& call) {
  call.Return(static_cast<int64_t>(std::bit_width(call.Arg<uint64_t>())));
}
void TrailingZeros(NativeCall& call) {
  call.Return(int64_t{std::countr_zero(call.Arg<uint64_t>())});
}
void ReverseBytes(NativeCall& call) { call.Return(__builtin_bswap64(call.Arg<uint64_t>())); }

void Reverse(NativeCall& call) {
  auto value = call.Arg<uint64_t>();
  uint64_t out = 0;
  for (int i = 0; i < 64; ++i, value >>= 1) {
    out = out << 1 | (value & 1);
  }
  call.Return(out);
}

__extension__ using Wide = unsigned __int128;

void Multiply(NativeCall& call) {
  const auto x = call.Arg<uint64_t>();
  const Wide product = Wide{x} * call.Arg<uint64_t>();
  call.Return(static_cast<uint64_t>(product >> 64));
  call.Return(static_cast<uint64_t>(product));
}

// REQUIRES: the quotient fits into 64 bits.
void Divide(NativeCall& call) {
  const auto high = call.Arg<uint64_t>();
  const auto low = call.Arg<uint64_t>();
  const auto divisor = call.Arg<uint64_t>();
  const Wide dividend = Wide{high} << 64 | low;
  call.Return(static_cast<uint64_t>(dividend / divisor));
  call.Return(static_cast<uint64_t>(dividend % divisor));
}

// ---- math/rand

void Choose(NativeCall& call) {
  const auto n = call.Arg<int64_t>();
  vm::Machine& machine = call.machine();
  if (n <= 1) {
    call.Return(int64_t{0});
    return;
  }
  if (n > machine.options().choices || machine.execution() == nullptr) {
    call.Return(
        static_cast<int64_t>(machine.NextRandom(&call.goroutine()) % static_cast<uint64_t>(n)));
    return;
  }
  const sim::Result result =
      vm::Visible(&call.goroutine(),
                  [n](sim::Execution& ex, sync::CallSite at) { return sync::Choose(ex, n, at); });
  if (!vm::Stopped(&call.goroutine())) {
    call.Return(int64_t{result.alternative});
  }
}

void Chance(NativeCall& call) { call.Return(call.machine().NextRandom(&call.goroutine())); }

void FillSource(NativeCall& call) {
  const auto slice = call.Arg<GoSlice>();
  const auto seed = call.Arg<int64_t>();
  call.OnWrite(slice.data, slice.length * sizeof(int64_t));
  SeedLaggedFibonacci(seed, std::span<uint64_t, kLaggedFibonacciLength>(
                                reinterpret_cast<uint64_t*>(slice.data), kLaggedFibonacciLength));
}

// rand.rngSource.
struct GoSource {
  int64_t tap;
  int64_t feed;
  GoSlice words;
};

void NextLocked(NativeCall& call) {
  auto* source = call.Arg<GoSource*>();
  const sync::ObjectRef object = {call.machine().ObjectAt(source), 0};
  vm::Visible(&call.goroutine(), [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Act(ex, sync::kRmw, object, at);
  });
  if (vm::Stopped(&call.goroutine())) {
    return;
  }
  constexpr auto kLength = static_cast<int64_t>(kLaggedFibonacciLength);
  source->tap = (source->tap + kLength - 1) % kLength;
  source->feed = (source->feed + kLength - 1) % kLength;
  auto* words = reinterpret_cast<uint64_t*>(source->words.data);
  words[source->feed] += words[source->tap];
  call.Return(words[source->feed]);
}

// Seconds to nanoseconds since 1970, within ten years of the start of the virtual clock.
void IsChance(NativeCall& call) {
  const auto seed = call.Arg<int64_t>();
  constexpr int64_t kTenYears = int64_t{3653} * 24 * 3600;
  bool from_clock = false;
  for (int64_t unit = 1; unit <= 1'000'000'000; unit *= 1000) {
    const int64_t start = kVirtualStart / 1'000'000'000 * unit;
    from_clock = from_clock || (seed >= start && seed - start <= kTenYears * unit / 20);
  }
  call.Return(from_clock);
}

// Box and Muller.
void Normal(NativeCall& call) {
  const auto u1 = call.Arg<double>();
  const auto u2 = call.Arg<double>();
  call.Return(std::sqrt(-2 * std::log(u1)) * std::cos(2 * M_PI * u2));
}

void Exponential(NativeCall& call) { call.Return(-std::log(call.Arg<double>())); }

void AddElementary(vm::NativeTable* table) {
  table->Add("math.Acos", &Unary<elementary::Acos>);
  table->Add("math.Asin", &Unary<elementary::Asin>);
  table->Add("math.Atan", &Unary<elementary::Atan>);
  table->Add("math.Cos", &Unary<elementary::Cos>);
  table->Add("math.Cosh", &Unary<elementary::Cosh>);
  table->Add("math.Exp", &Unary<elementary::Exp>);
  table->Add("math.Exp2", &Unary<elementary::Exp2>);
  table->Add("math.Log", &Unary<elementary::Log>);
  table->Add("math.Log10", &Unary<elementary::Log10>);
  table->Add("math.Log2", &Unary<elementary::Log2>);
  table->Add("math.Sin", &Unary<elementary::Sin>);
  table->Add("math.Sinh", &Unary<elementary::Sinh>);
  table->Add("math.Tan", &Unary<elementary::Tan>);
  table->Add("math.Tanh", &Unary<elementary::Tanh>);
  table->Add("math.Atan2", &Binary<elementary::Atan2>);
  table->Add("math.Hypot", &Binary<elementary::Hypot>);
  table->Add("math.Pow", &Binary<elementary::Pow>);
}

}  // namespace

void AddMathNatives(vm::NativeTable* table) {
  AddElementary(table);
  table->Add("math.Abs", &Unary<Abs>);
  table->Add("math.Acosh", &Unary<Acosh>);
  table->Add("math.Asinh", &Unary<Asinh>);
  table->Add("math.Atanh", &Unary<Atanh>);
  table->Add("math.Cbrt", &Unary<elementary::Cbrt>);
  table->Add("math.Ceil", &Unary<Ceil>);
  table->Add("math.Erf", &Unary<Erf>);
  table->Add("math.Erfc", &Unary<Erfc>);
  table->Add("math.Erfinv", &Unary<Erfinv>);
  table->Add("math.Expm1", &Unary<Expm1>);
  table->Add("math.Floor", &Unary<Floor>);
  table->Add("math.Gamma", &Unary<Gamma>);
  table->Add("math.J0", &Unary<J0>);
  table->Add("math.J1", &Unary<J1>);
  table->Add("math.Y0", &Unary<Y0>);
  table->Add("math.Y1", &Unary<Y1>);
  table->Add("math.Log1p", &Unary<Log1p>);
  table->Add("math.Logb", &Unary<Logb>);
  table->Add("math.Round", &Unary<Round>);
  table->Add("math.RoundToEven", &Unary<RoundToEven>);
  table->Add("math.Sqrt", &Unary<Sqrt>);
  table->Add("math.Trunc", &Unary<Trunc>);
  table->Add("math.Dim", &Binary<Dim>);
  table->Add("math.Max", &Binary<Max>);
  table->Add("math.Min", &Binary<Min>);
  table->Add("math.Mod", &Binary<Mod>);
  table->Add("math.Remainder", &Binary<Remainder>);
  table->Add("math.Copysign", &Binary<Copysign>);
  table->Add("math.Nextafter", &Binary<Nextafter>);
  table->Add("math.FMA", &Fma);
  table->Add("math.Frexp", &Frexp);
  table->Add("math.Ldexp", &Ldexp);
  table->Add("math.Modf", &Modf);
  table->Add("math.Lgamma", &Lgamma);
  table->Add("math.Ilogb", &Ilogb);
  table->Add("math.Jn", &Jn);
  table->Add("math.Yn", &Yn);
  table->Add("math.Nextafter32", &Nextafter32);
  table->Add("math.pow10", &Pow10);
  table->Add("math.Float64bits", &SameBits<uint64_t>);
  table->Add("math.Float64frombits", &SameBits<uint64_t>);
  table->Add("math.Float32bits", &SameBits<uint32_t>);
  table->Add("math.Float32frombits", &SameBits<uint32_t>);
  table->Add("math/bits.OnesCount64", &OnesCount);
  table->Add("math/bits.Len64", &Len);
  table->Add("math/bits.TrailingZeros64", &TrailingZeros);
  table->Add("math/bits.Reverse64", &Reverse);
  table->Add("math/bits.ReverseBytes64", &ReverseBytes);
  table->Add("math/bits.mul64", &Multiply);
  table->Add("math/bits.div64", &Divide);
  table->Add("math/rand.choose", &Choose);
  table->Add("math/rand.chance", &Chance);
  table->Add("math/rand/v2.choose", &Choose);
  table->Add("math/rand/v2.chance", &Chance);
  table->Add("math/rand.fillSource", &FillSource);
  table->Add("math/rand.(*lockedSource).Uint64", &NextLocked);
  table->Add("math/rand.isChance", &IsChance);
  table->Add("math/rand.normal", &Normal);
  table->Add("math/rand.exponential", &Exponential);
}

}  // namespace heddle::golang
