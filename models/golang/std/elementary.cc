// SPDX-License-Identifier: Apache-2.0
// Elementary functions by the published methods that gc's library on amd64 uses too, in the same
// order of operations.
//
// Sources: S. Moshier, Cephes (sin, cos, tan, atan, tanh); Sun's FreeBSD msun (log, exp2, cbrt); N.
// Shibata, "Efficient evaluation methods of elementary functions suitable for SIMD computation",
// ISC 2010 (exp); Hart and Cheney (sinh).
#include "models/golang/std/elementary.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace heddle::golang::elementary {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kPi = 3.14159265358979323846264338327950288;
constexpr double kLn2 = 0.693147180559945309417232121458176568;

// Horner's scheme, the highest coefficient first.
double Polynomial(double x, std::initializer_list<double> coefficients) {
  double sum = 0;
  bool first = true;
  for (const double c : coefficients) {
    sum = first ? c : sum * x + c;
    first = false;
  }
  return sum;
}

// The octant of a positive angle, made even, and the rest of the angle.
struct Octant {
  uint64_t number;
  double rest;
};

// From here on the three-part pi/4 is too short.
constexpr double kLongAngle = 1 << 29;

Octant ReduceShort(double x) {
  auto number = static_cast<uint64_t>(x * (4 / kPi));
  number += number & 1;
  const auto y = static_cast<double>(number);
  // pi/4 in three parts.
  const double rest = ((x - y * 7.85398125648498535156e-1) - y * 3.77489470793079817668e-8) -
                      y * 2.69515142907905952645e-15;
  return {number, rest};
}

// 4/pi in binary, the point after the first word.
constexpr uint64_t kFourOverPi[] = {
    0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083,
    0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d,
    0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076,
    0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a,
    0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
};

__extension__ using Wide = unsigned __int128;

// M. Payne and R. Hanek: multiplies the mantissa with the 192 bits of 4/pi that matter for its
// exponent.
Octant ReduceLong(double x) {
  constexpr int kBias = 1023, kShift = 52;
  const auto bits = std::bit_cast<uint64_t>(x);
  const int exponent = static_cast<int>(bits >> kShift & 0x7FF) - kBias - kShift;
  const uint64_t mantissa = (bits & ((uint64_t{1} << kShift) - 1)) | uint64_t{1} << kShift;
  const unsigned word = static_cast<unsigned>(exponent + 61) / 64;
  const unsigned offset = static_cast<unsigned>(exponent + 61) % 64;
  const auto digit = [&](unsigned i) {
    return offset == 0
               ? kFourOverPi[word + i]
               : kFourOverPi[word + i] << offset | kFourOverPi[word + i + 1] >> (64 - offset);
  };
  const Wide middle =
      Wide{digit(1)} * mantissa + static_cast<uint64_t>(Wide{digit(2)} * mantissa >> 64);
  uint64_t high = digit(0) * mantissa + static_cast<uint64_t>(middle >> 64);
  const auto low = static_cast<uint64_t>(middle);
  uint64_t number = high >> 61;
  high = high << 3 | low >> 61;
  const int zeros = std::countl_zero(high);
  const auto biased = static_cast<uint64_t>(kBias - (zeros + 1));
  high = high << (zeros + 1) | low >> (64 - (zeros + 1));
  double rest = std::bit_cast<double>(high >> (64 - kShift) | biased << kShift);
  if ((number & 1) == 1) {
    number = (number + 1) & 7;
    --rest;
  }
  return {number, rest * (kPi / 4)};
}

Octant Reduce(double x) { return x < kLongAngle ? ReduceShort(x) : ReduceLong(x); }

double SinePolynomial(double z) {
  const double zz = z * z;
  return z + z * zz *
                 Polynomial(zz, {1.58962301576546568060e-10, -2.50507477628578072866e-8,
                                 2.75573136213857245213e-6, -1.98412698295895385996e-4,
                                 8.33333333332211858878e-3, -1.66666666666666307295e-1});
}

double CosinePolynomial(double z) {
  const double zz = z * z;
  return 1.0 - 0.5 * zz +
         zz * zz *
             Polynomial(zz, {-1.13585365213876817300e-11, 2.08757008419747316778e-9,
                             -2.75573141792967388112e-7, 2.48015872888517045348e-5,
                             -1.38888888888730564116e-3, 4.16666666666665929218e-2});
}

// The arctangent between 0 and 0.66.
double SmallArctangent(double x) {
  double z = x * x;
  z = z *
      Polynomial(z, {-8.750608600031904122785e-01, -1.615753718733365076637e+01,
                     -7.500855792314704667340e+01, -1.228866684490136173410e+02,
                     -6.485021904942025371773e+01}) /
      Polynomial(z, {1, 2.485846490142306297962e+01, 1.650270098316988542046e+02,
                     4.328810604912902668951e+02, 4.853903996359136964868e+02,
                     1.945506571482613964425e+02});
  return x * z + x;
}

double PositiveArctangent(double x) {
  constexpr double kMoreBits = 6.123233995736765886130e-17;  // of pi/2
  if (x <= 0.66) {
    return SmallArctangent(x);
  }
  if (x > 2.41421356237309504880) {  // tan(3 pi/8)
    return kPi / 2 - SmallArctangent(1 / x) + kMoreBits;
  }
  return kPi / 4 + SmallArctangent((x - 1) / (x + 1)) + 0.5 * kMoreBits;
}

bool IsOddInteger(double x) {
  if (std::fabs(x) >= 9007199254740992.0) {  // 2^53
    return false;
  }
  double whole = 0;
  return std::modf(x, &whole) == 0 && (static_cast<int64_t>(whole) & 1) == 1;
}

}  // namespace

double Sin(double x) {
  if (x == 0 || std::isnan(x)) {
    return x;
  }
  if (std::isinf(x)) {
    return kNaN;
  }
  bool negative = x < 0;
  Octant octant = Reduce(std::fabs(x));
  octant.number &= 7;
  if (octant.number > 3) {
    negative = !negative;
    octant.number -= 4;
  }
  const double y = octant.number == 2 ? CosinePolynomial(octant.rest) : SinePolynomial(octant.rest);
  return negative ? -y : y;
}

double Cos(double x) {
  if (std::isnan(x) || std::isinf(x)) {
    return kNaN;
  }
  bool negative = false;
  Octant octant = Reduce(std::fabs(x));
  octant.number &= 7;
  if (octant.number > 3) {
    octant.number -= 4;
    negative = !negative;
  }
  if (octant.number > 1) {
    negative = !negative;
  }
  const double y = octant.number == 2 ? SinePolynomial(octant.rest) : CosinePolynomial(octant.rest);
  return negative ? -y : y;
}

double Tan(double x) {
  if (x == 0 || std::isnan(x)) {
    return x;
  }
  if (std::isinf(x)) {
    return kNaN;
  }
  const Octant octant = Reduce(std::fabs(x));
  const double z = octant.rest;
  const double zz = z * z;
  double y = z;
  if (zz > 1e-14) {
    y = z + z * (zz *
                 Polynomial(zz, {-1.30936939181383777646e4, 1.15351664838587416140e6,
                                 -1.79565251976484877988e7}) /
                 Polynomial(zz, {1, 1.36812963470692954678e4, -1.32089234440210967447e6,
                                 2.50083801823357915839e7, -5.38695755929454629881e7}));
  }
  if ((octant.number & 2) == 2) {
    y = -1 / y;
  }
  return x < 0 ? -y : y;
}

double Atan(double x) {
  if (x == 0) {
    return x;
  }
  return x > 0 ? PositiveArctangent(x) : -PositiveArctangent(-x);
}

double Atan2(double y, double x) {
  if (std::isnan(y) || std::isnan(x) || y == 0 || x == 0 || std::isinf(x) || std::isinf(y)) {
    return std::atan2(y, x);
  }
  const double q = Atan(y / x);
  if (x < 0) {
    return q <= 0 ? q + kPi : q - kPi;
  }
  return q;
}

double Asin(double x) {
  if (x == 0) {
    return x;
  }
  const double a = std::fabs(x);
  if (!(a <= 1)) {
    return kNaN;
  }
  const double other = std::sqrt(1 - a * a);
  const double y =
      a > 0.7 ? kPi / 2 - PositiveArctangent(other / a) : PositiveArctangent(a / other);
  return x < 0 ? -y : y;
}

double Acos(double x) { return kPi / 2 - Asin(x); }

double Exp(double x) {
  if (std::isnan(x) || x == kInfinity) {
    return x;
  }
  if (x == -kInfinity) {
    return 0;
  }
  if (x > 7.09782712893384e+02) {
    return kInfinity;
  }
  if (x < -2000) {
    return 0;
  }
  const double k = std::nearbyint(x * 1.4426950408889634073599246810018920);
  double r = std::fma(-k, 0.69314718055966295651160180568695068359375, x);
  r = std::fma(-k, 0.28235290563031577122588448175013436025525412068e-12, r);
  r *= 0.0625;
  double sum = 2.4801587301587301587e-5;
  for (const double c :
       {1.9841269841269841270e-4, 1.3888888888888888889e-3, 8.3333333333333333333e-3,
        4.1666666666666666667e-2, 1.6666666666666666667e-1, 0.5, 1.0}) {
    sum = std::fma(sum, r, c);
  }
  // exp(16 r) - 1 out of exp(r) - 1, doubling the argument four times.
  double y = r * sum;
  for (int i = 0; i < 3; ++i) {
    y *= y + 2.0;
  }
  y = std::fma(y + 2.0, y, 1.0);
  const int exponent = static_cast<int>(k);
  if (exponent + 0x3FF >= 0x7FF) {
    return kInfinity;
  }
  return std::ldexp(y, exponent);
}

double Exp2(double x) {
  if (std::isnan(x) || x == kInfinity) {
    return x;
  }
  if (x > 1.0239999999999999e+03) {
    return kInfinity;
  }
  if (x < -1.0740e+03) {
    return 0;
  }
  const int k = static_cast<int>(x > 0 ? x + 0.5 : x < 0 ? x - 0.5 : 0);
  const double t = x - k;
  const double high = t * 6.93147180369123816490e-01;
  const double low = -t * 1.90821492927058770002e-10;
  const double r = high - low;
  const double square = r * r;
  const double c =
      r - square * Polynomial(square, {4.13813679705723846039e-08, -1.65339022054652515390e-06,
                                       6.61375632143793436117e-05, -2.77777777770155933842e-03,
                                       1.66666666666666657415e-01});
  return std::ldexp(1 - ((low - (r * c) / (2 - c)) - high), k);
}

double Log(double x) {
  if (x == 0) {
    return -kInfinity;
  }
  if (x < 0) {
    return kNaN;
  }
  if (std::isnan(x) || x == kInfinity) {
    return x;
  }
  int exponent = 0;
  double f = std::frexp(x, &exponent);
  if (f < 7.07106781186547524401e-01) {
    f *= 2;
    --exponent;
  }
  f -= 1;
  const double k = exponent;
  const double s = f / (2 + f);
  const double s2 = s * s;
  const double s4 = s2 * s2;
  const double t1 = s2 * Polynomial(s4, {1.479819860511658591e-01, 1.818357216161805012e-01,
                                         2.857142874366239149e-01, 6.666666666666735130e-01});
  const double t2 = s4 * Polynomial(s4, {1.531383769920937332e-01, 2.222219843214978396e-01,
                                         3.999999999940941908e-01});
  const double r = t1 + t2;
  const double half_square = 0.5 * f * f;
  return k * 6.93147180369123816490e-01 -
         ((half_square - (s * (half_square + r) + k * 1.90821492927058770002e-10)) - f);
}

double Log10(double x) { return Log(x) * 0.434294481903251827651128918916605082; }

double Log2(double x) {
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);
  // Powers of two have exact answers.
  if (fraction == 0.5) {
    return exponent - 1;
  }
  return Log(fraction) * (1 / kLn2) + exponent;
}

double Hypot(double x, double y) {
  if (std::isinf(x) || std::isinf(y)) {
    return kInfinity;
  }
  if (std::isnan(x) || std::isnan(y)) {
    return kNaN;
  }
  const double large = std::fmax(std::fabs(x), std::fabs(y));
  double ratio = std::fmin(std::fabs(x), std::fabs(y));
  if (large == 0) {
    return 0;
  }
  ratio /= large;
  return large * std::sqrt(1 + ratio * ratio);
}

double Pow(double x, double y) {
  if (y == 0.5 && std::isfinite(x) && x != 0) {
    return std::sqrt(x);
  }
  if (y == -0.5 && std::isfinite(x) && x != 0) {
    return 1 / std::sqrt(x);
  }
  double whole = 0;
  double part = std::modf(std::fabs(y), &whole);
  const bool ordinary =
      std::isfinite(x) && std::isfinite(y) && x != 0 && y != 0 && x != 1 && y != 1;
  if (!ordinary || (part != 0 && x < 0) || whole >= 9.223372036854775808e18) {
    if (x == 0 && y > 0 && !IsOddInteger(y)) {
      return 0;
    }
    const double value = std::pow(x, y);
    return std::isnan(value) ? kNaN : value;
  }
  // The answer is product * 2^exponent.
  double product = 1;
  int64_t exponent = 0;
  if (part != 0) {
    if (part > 0.5) {
      --part;
      ++whole;
    }
    product = Exp(part * Log(x));
  }
  int first = 0;
  double power = std::frexp(x, &first);
  int64_t power_exponent = first;
  for (auto i = static_cast<int64_t>(whole); i != 0; i >>= 1) {
    if (power_exponent < -(1 << 12) || power_exponent > 1 << 12) {
      exponent += power_exponent;
      break;
    }
    if ((i & 1) == 1) {
      product *= power;
      exponent += power_exponent;
    }
    power *= power;
    power_exponent *= 2;
    if (power < 0.5) {
      power += power;
      --power_exponent;
    }
  }
  if (y < 0) {
    product = 1 / product;
    exponent = -exponent;
  }
  return std::ldexp(product, static_cast<int>(exponent));
}

double Sinh(double x) {
  const double a = x < 0 ? -x : x;
  double y = 0;
  if (a > 21) {
    y = Exp(a) * 0.5;
  } else if (a > 0.5) {
    const double e = Exp(a);
    y = (e - 1 / e) * 0.5;
  } else {
    const double square = a * a;
    y = Polynomial(square,
                   {-0.2630563213397497062819489e+2, -0.2894211355989563807284660366e+4,
                    -0.8991272022039509355398013511e+5, -0.6307673640497716991184787251e+6}) *
        a;
    y = y /
        Polynomial(square, {1, -0.173678953558233699533450911e+3, 0.1521517378790019070696485176e+5,
                            -0.6307673640497716991212077277e+6});
  }
  return x < 0 ? -y : y;
}

double Cosh(double x) {
  x = std::fabs(x);
  const double e = Exp(x);
  return x > 21 ? e * 0.5 : (e + 1 / e) * 0.5;
}

double Tanh(double x) {
  const double z = std::fabs(x);
  if (z > 0.5 * 8.8029691931113054295988e+01) {
    return x < 0 ? -1 : 1;
  }
  if (z >= 0.625) {
    const double y = 1 - 2 / (Exp(2 * z) + 1);
    return x < 0 ? -y : y;
  }
  if (x == 0) {
    return x;
  }
  const double s = x * x;
  return x + x * s *
                 Polynomial(s, {-9.64399179425052238628e-1, -9.92877231001918586564e1,
                                -1.61468768441708447952e3}) /
                 Polynomial(s, {1, 1.12811678491631932401e2, 2.23548839060100448583e3,
                                4.84406305325125486048e3});
}

double Cbrt(double x) {
  if (x == 0 || !std::isfinite(x)) {
    return x;
  }
  const double a = std::fabs(x);
  // Five bits by dividing the exponent by three.
  double t = std::bit_cast<double>(std::bit_cast<uint64_t>(a) / 3 + (uint64_t{715094163} << 32));
  if (a < std::numeric_limits<double>::min()) {
    t = a * 18014398509481984.0;  // 2^54
    t = std::bit_cast<double>(std::bit_cast<uint64_t>(t) / 3 + (uint64_t{696219795} << 32));
  }
  // Twenty-three bits by a rational function.
  double r = t * t / a;
  double s = 5.42857142857142815906e-01 + r * t;
  t *= 3.57142857142857150787e-01 + 1.60714285714285720630e+00 / (s + 1.41428571428571436819e+00 +
                                                                  -7.05306122448979611050e-01 / s);
  // Cut to 22 bits, rounded up; then one step of Newton's method.
  t = std::bit_cast<double>((std::bit_cast<uint64_t>(t) & (uint64_t{0xFFFFFFFFC} << 28)) +
                            (uint64_t{1} << 30));
  s = t * t;
  r = a / s;
  r = (r - t) / (t + t + r);
  t = t + t * r;
  return x < 0 ? -t : t;
}

}  // namespace heddle::golang::elementary
