// SPDX-License-Identifier: Apache-2.0
//
// Arithmetic of untyped constants on Boost.Multiprecision numbers.
//
// The only file that includes those headers. Invariant: fractions are exact while numerator and
// denominator stay below kFractionBits; beyond that they become floats of 512 bits, as in gc.
#include "models/golang/types/constant.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include "sim/base/check.h"

namespace heddle::golang::types {

namespace mp = boost::multiprecision;
using BigInt = mp::cpp_int;
using Fraction = mp::cpp_rational;
using BigFloat =
    mp::number<mp::backends::cpp_bin_float<512, mp::backends::digit_base_2>, mp::et_off>;

struct ComplexValue {
  Constant real;
  Constant imag;
};

struct ConstantRep {
  std::variant<bool, std::string, BigInt, Fraction, BigFloat, ComplexValue> value;
};

struct ConstantOps {
  template <class T>
  static Constant Make(T value) {
    return Constant(std::make_shared<const ConstantRep>(ConstantRep{std::move(value)}));
  }
  template <class T>
  static const T* Get(const Constant& x) {
    return x.rep_ == nullptr ? nullptr : std::get_if<T>(&x.rep_->value);
  }
};

namespace {

using Ops = ConstantOps;

constexpr size_t kFractionBits = 4096;
constexpr size_t kMaxIntBits = 10000;
constexpr size_t kMaxStringBytes = size_t{1} << 26;
constexpr int64_t kMaxDecimalExponent = 640'000'000;  // About 2^(2^31).

size_t Bits(const BigInt& x) { return x.is_zero() ? 0 : mp::msb(mp::abs(x)) + 1; }

BigFloat ToBig(const Fraction& x) {
  return BigFloat(mp::numerator(x)) / BigFloat(mp::denominator(x));
}

Constant MakeBig(const BigFloat& x) {
  if (!(boost::math::isfinite)(x)) return {};
  return Ops::Make(x);
}

Constant MakeFraction(Fraction x) {
  if (Bits(mp::numerator(x)) > kFractionBits || Bits(mp::denominator(x)) > kFractionBits) {
    return MakeBig(ToBig(x));
  }
  return Ops::Make(std::move(x));
}

Constant MakeInt(BigInt x) {
  if (Bits(x) > kMaxIntBits) return {};
  return Ops::Make(std::move(x));
}

// The exact value of a float whose binary exponent is moderate.
Fraction ExactFraction(const BigFloat& x) {
  int exponent = 0;
  BigFloat mantissa = mp::frexp(x, &exponent);
  BigInt scaled(mp::ldexp(mantissa, 520));
  exponent -= 520;
  if (exponent >= 0) return Fraction(scaled << exponent);
  return Fraction(scaled, BigInt(1) << -exponent);
}

// The nearest number (ties to even) with `precision` bits and exponents from `min_exponent` to
// `max_exponent`.
double Round(const Fraction& value, int precision, int min_exponent, int max_exponent) {
  if (value.is_zero()) return 0;
  const bool negative = value < 0;
  BigInt num = mp::abs(mp::numerator(value));
  BigInt den = mp::denominator(value);
  const int64_t shift = 70 - (static_cast<int64_t>(Bits(num)) - static_cast<int64_t>(Bits(den)));
  if (shift >= 0) {
    num <<= static_cast<size_t>(shift);
  } else {
    den <<= static_cast<size_t>(-shift);
  }
  BigInt quotient;
  BigInt rest;
  mp::divide_qr(num, den, quotient, rest);
  const int64_t bits = static_cast<int64_t>(Bits(quotient));
  const int64_t exponent = bits - 1 - shift;
  if (exponent > max_exponent) {
    return negative ? -std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::infinity();
  }
  int64_t keep = precision;
  if (exponent < min_exponent) keep -= min_exponent - exponent;
  if (keep < 0) return 0;
  const size_t drop = static_cast<size_t>(bits - keep);
  BigInt kept = quotient >> drop;
  const BigInt low = quotient - (kept << drop);
  const BigInt half = BigInt(1) << (drop - 1);
  if (low > half || (low == half && (!rest.is_zero() || mp::bit_test(kept, 0)))) ++kept;
  double result =
      std::ldexp(kept.convert_to<double>(), static_cast<int>(drop) - static_cast<int>(shift));
  if (Bits(kept) > static_cast<size_t>(precision) && exponent == max_exponent) {
    result = std::numeric_limits<double>::infinity();
  }
  return negative ? -result : result;
}

double RoundReal(const Constant& x, int precision, int min_exponent, int max_exponent) {
  if (const auto* i = Ops::Get<BigInt>(x))
    return Round(Fraction(*i), precision, min_exponent, max_exponent);
  if (const auto* f = Ops::Get<Fraction>(x))
    return Round(*f, precision, min_exponent, max_exponent);
  const auto* big = Ops::Get<BigFloat>(x);
  HEDDLE_CHECK(big != nullptr, "only real numbers are rounded to floats");
  int exponent = 0;
  (void)mp::frexp(*big, &exponent);
  if (exponent < -2000) return 0;
  if (exponent > 2000) {
    return *big < 0 ? -std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::infinity();
  }
  return Round(ExactFraction(*big), precision, min_exponent, max_exponent);
}

// 0: integer, 1: fraction, 2: float, 3: complex; -1: no number.
int Rank(const Constant& x) {
  if (Ops::Get<BigInt>(x) != nullptr) return 0;
  if (Ops::Get<Fraction>(x) != nullptr) return 1;
  if (Ops::Get<BigFloat>(x) != nullptr) return 2;
  return Ops::Get<ComplexValue>(x) != nullptr ? 3 : -1;
}

Fraction AsFraction(const Constant& x) {
  if (const auto* i = Ops::Get<BigInt>(x)) return Fraction(*i);
  return *Ops::Get<Fraction>(x);
}

BigFloat AsBig(const Constant& x) {
  if (const auto* i = Ops::Get<BigInt>(x)) return BigFloat(*i);
  if (const auto* f = Ops::Get<Fraction>(x)) return ToBig(*f);
  return *Ops::Get<BigFloat>(x);
}

Constant IntOp(const BigInt& x, Token op, const BigInt& y, bool integer_division) {
  switch (op) {
    case Token::kAdd:
      return MakeInt(x + y);
    case Token::kSub:
      return MakeInt(x - y);
    case Token::kMul:
      return MakeInt(x * y);
    case Token::kQuo:
      if (integer_division) return MakeInt(x / y);
      return MakeFraction(Fraction(x, y));
    case Token::kRem:
      return MakeInt(x % y);
    case Token::kAnd:
      return MakeInt(x & y);
    case Token::kOr:
      return MakeInt(x | y);
    case Token::kXor:
      return MakeInt(x ^ y);
    case Token::kAndNot:
      return MakeInt(x & (-y - 1));
    default:
      return {};
  }
}

template <class T>
std::optional<T> RealOp(const T& x, Token op, const T& y) {
  switch (op) {
    case Token::kAdd:
      return T(x + y);
    case Token::kSub:
      return T(x - y);
    case Token::kMul:
      return T(x * y);
    case Token::kQuo:
      return T(x / y);
    default:
      return std::nullopt;
  }
}

Constant Arith(const Constant& x, Token op, const Constant& y) { return BinaryOp(x, op, y, false); }

Constant ComplexOp(const Constant& x, Token op, const Constant& y) {
  const Constant a = x.Real(), b = x.Imag(), c = y.Real(), d = y.Imag();
  switch (op) {
    case Token::kAdd:
    case Token::kSub:
      return MakeComplex(Arith(a, op, c), Arith(b, op, d));
    case Token::kMul:
      return MakeComplex(Arith(Arith(a, op, c), Token::kSub, Arith(b, op, d)),
                         Arith(Arith(b, op, c), Token::kAdd, Arith(a, op, d)));
    case Token::kQuo: {
      const auto mul = [](const Constant& p, const Constant& q) {
        return Arith(p, Token::kMul, q);
      };
      const Constant norm = Arith(mul(c, c), Token::kAdd, mul(d, d));
      const Constant real = Arith(mul(a, c), Token::kAdd, mul(b, d));
      const Constant imag = Arith(mul(b, c), Token::kSub, mul(a, d));
      if (!norm.IsKnown() || norm.Sign() == 0) return {};
      return MakeComplex(Arith(real, Token::kQuo, norm), Arith(imag, Token::kQuo, norm));
    }
    default:
      return {};
  }
}

template <class T>
bool Ordered(const T& x, Token op, const T& y) {
  switch (op) {
    case Token::kEql:
      return x == y;
    case Token::kNeq:
      return x != y;
    case Token::kLss:
      return x < y;
    case Token::kLeq:
      return x <= y;
    case Token::kGtr:
      return x > y;
    case Token::kGeq:
      return x >= y;
    default:
      return false;
  }
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

// Digits of the base, without separators; nothing when one is no digit.
std::optional<BigInt> ParseDigits(std::string_view digits, int base) {
  if (base == 10) {
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return {};
    const size_t first = digits.find_first_not_of('0');
    if (first == std::string_view::npos) return BigInt(0);
    return BigInt(std::string(digits.substr(first)));
  }
  BigInt value = 0;
  for (const char c : digits) {
    const int digit = DigitValue(c);
    if (digit >= base) return {};
    value = value * base + digit;
  }
  return value;
}

// Without its separators, in lower case.
std::string Normalized(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '_') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return result;
}

Constant ParseInt(const std::string& text, bool decimal_octal) {
  int base = 10;
  size_t skip = 0;
  if (text.size() > 1 && text[0] == '0') {
    switch (text[1]) {
      case 'x':
        base = 16, skip = 2;
        break;
      case 'b':
        base = 2, skip = 2;
        break;
      case 'o':
        base = 8, skip = 2;
        break;
      default:
        base = decimal_octal ? 10 : 8, skip = 1;
        break;
    }
  }
  if (skip >= text.size()) return {};
  auto value = ParseDigits(std::string_view(text).substr(skip), base);
  return value ? Ops::Make(*std::move(value)) : Constant();
}

Constant Scale(const BigInt& mantissa, int base, int64_t exponent) {
  if (mantissa.is_zero() || exponent < -kMaxDecimalExponent) return Ops::Make(Fraction(0));
  if (exponent > kMaxDecimalExponent) return {};
  if (std::abs(exponent) <= (base == 10 ? 1200 : 4000)) {
    const BigInt power = mp::pow(BigInt(base), static_cast<unsigned>(std::abs(exponent)));
    return MakeFraction(exponent >= 0 ? Fraction(mantissa * power) : Fraction(mantissa, power));
  }
  BigFloat power = 1;
  BigFloat square = base;
  for (uint64_t rest = static_cast<uint64_t>(std::abs(exponent)); rest != 0; rest >>= 1) {
    if ((rest & 1) != 0) power *= square;
    square *= square;
  }
  return MakeBig(exponent >= 0 ? BigFloat(BigFloat(mantissa) * power)
                               : BigFloat(BigFloat(mantissa) / power));
}

Constant ParseFloat(const std::string& text) {
  const bool hex = text.size() > 1 && text[0] == '0' && text[1] == 'x';
  std::string_view rest = std::string_view(text).substr(hex ? 2 : 0);
  const size_t mark = rest.find(hex ? 'p' : 'e');
  std::string_view digits = rest.substr(0, mark);
  int64_t exponent = 0;
  if (mark != std::string_view::npos) {
    std::string_view number = rest.substr(mark + 1);
    bool negative = false;
    if (!number.empty() && (number[0] == '+' || number[0] == '-')) {
      negative = number[0] == '-';
      number.remove_prefix(1);
    }
    if (number.empty()) return {};
    for (const char c : number) {
      if (c < '0' || c > '9') return {};
      exponent = std::min<int64_t>(exponent * 10 + (c - '0'), int64_t{1} << 40);
    }
    if (negative) exponent = -exponent;
  }
  std::string all;
  const size_t dot = digits.find('.');
  all += digits.substr(0, dot);
  if (dot != std::string_view::npos) {
    all += digits.substr(dot + 1);
    exponent -= static_cast<int64_t>(digits.size() - dot - 1) * (hex ? 4 : 1);
  }
  if (all.empty()) return {};
  auto mantissa = ParseDigits(all, hex ? 16 : 10);
  if (!mantissa) return {};
  return Scale(*mantissa, hex ? 2 : 10, exponent);
}

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  constexpr size_t kLimit = 72;
  if (out.size() + 1 > kLimit) {
    size_t cut = kLimit - 3;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xc0) == 0x80) --cut;
    return out.substr(0, cut) + "...";
  }
  return out + '"';
}

// %.6g, also beyond the range of float64.
std::string FloatText(const Constant& x) {
  const double value = x.AsFloat64();
  if (std::isfinite(value) && (value != 0 || x.Sign() == 0)) return fmt::format("{:.6g}", value);
  const BigFloat big = AsBig(x);
  std::string text = big.str(5, std::ios_base::scientific);
  const size_t mark = text.find('e');
  std::string mantissa = text.substr(0, mark);
  while (mantissa.find('.') != std::string::npos &&
         (mantissa.back() == '0' || mantissa.back() == '.')) {
    const bool dot = mantissa.back() == '.';
    mantissa.pop_back();
    if (dot) break;
  }
  return mantissa + text.substr(mark);
}

}  // namespace

Constant Constant::Bool(bool value) { return Ops::Make(value); }
Constant Constant::String(std::string value) { return Ops::Make(std::move(value)); }
Constant Constant::Int(int64_t value) { return Ops::Make(BigInt(value)); }
Constant Constant::Uint(uint64_t value) { return Ops::Make(BigInt(value)); }

Constant Constant::Float(double value) {
  if (!std::isfinite(value)) return {};
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  const BigInt scaled(static_cast<int64_t>(std::ldexp(mantissa, 53)));
  exponent -= 53;
  if (exponent >= 0) return Ops::Make(Fraction(scaled << exponent));
  return Ops::Make(Fraction(scaled, BigInt(1) << -exponent));
}

Constant Constant::FromLiteral(LitKind kind, std::string_view text) {
  std::string normal = Normalized(text);
  switch (kind) {
    case LitKind::kInt:
      return ParseInt(normal, false);
    case LitKind::kFloat:
      return ParseFloat(normal);
    case LitKind::kImaginary: {
      if (normal.empty()) return {};
      normal.pop_back();
      const bool prefixed = normal.size() > 1 && normal[0] == '0' &&
                            std::string_view("xbo").find(normal[1]) != std::string_view::npos;
      const bool hex = prefixed && normal[1] == 'x';
      const bool is_float = normal.find('.') != std::string::npos ||
                            normal.find(hex ? 'p' : 'e') != std::string::npos;
      Constant imag = is_float && (hex || !prefixed) ? ParseFloat(normal) : ParseInt(normal, true);
      return imag.IsKnown() ? MakeComplex(Int(0), imag) : Constant();
    }
    case LitKind::kRune:
    case LitKind::kString:
      return {};
  }
  return {};
}

Constant::Kind Constant::kind() const {
  if (rep_ == nullptr) return Kind::kUnknown;
  switch (rep_->value.index()) {
    case 0:
      return Kind::kBool;
    case 1:
      return Kind::kString;
    case 2:
      return Kind::kInt;
    case 3:
    case 4:
      return Kind::kFloat;
    default:
      return Kind::kComplex;
  }
}

bool Constant::AsBool() const {
  const bool* value = Ops::Get<bool>(*this);
  HEDDLE_CHECK(value != nullptr, "AsBool is for boolean constants");
  return *value;
}

const std::string& Constant::AsString() const {
  const std::string* value = Ops::Get<std::string>(*this);
  HEDDLE_CHECK(value != nullptr, "AsString is for string constants");
  return *value;
}

std::optional<int64_t> Constant::AsInt64() const {
  const Constant integer = ToInt();
  const auto* value = Ops::Get<BigInt>(integer);
  if (value == nullptr || !FitsInteger(integer, 64, true)) return std::nullopt;
  return value->convert_to<int64_t>();
}

std::optional<uint64_t> Constant::AsUint64() const {
  const Constant integer = ToInt();
  const auto* value = Ops::Get<BigInt>(integer);
  if (value == nullptr || !FitsInteger(integer, 64, false)) return std::nullopt;
  return value->convert_to<uint64_t>();
}

double Constant::AsFloat64() const { return RoundReal(Real(), 53, -1022, 1023); }
float Constant::AsFloat32() const { return static_cast<float>(RoundReal(Real(), 24, -126, 127)); }

Constant Constant::Real() const {
  const auto* value = Ops::Get<ComplexValue>(*this);
  return value != nullptr ? value->real : *this;
}

Constant Constant::Imag() const {
  const auto* value = Ops::Get<ComplexValue>(*this);
  return value != nullptr ? value->imag : Int(0);
}

int Constant::Sign() const {
  if (const auto* i = Ops::Get<BigInt>(*this)) return i->sign();
  if (const auto* f = Ops::Get<Fraction>(*this)) return f->sign();
  if (const auto* b = Ops::Get<BigFloat>(*this)) return b->sign();
  if (const auto* c = Ops::Get<ComplexValue>(*this)) return c->real.Sign() | c->imag.Sign();
  return 1;
}

size_t Constant::BitLength() const {
  const auto* value = Ops::Get<BigInt>(*this);
  HEDDLE_CHECK(value != nullptr, "only integers have a bit length");
  return Bits(*value);
}

Constant Constant::ToInt() const {
  if (Ops::Get<BigInt>(*this) != nullptr) return *this;
  if (const auto* f = Ops::Get<Fraction>(*this)) {
    return mp::denominator(*f) == 1 ? Ops::Make(BigInt(mp::numerator(*f))) : Constant();
  }
  if (const auto* b = Ops::Get<BigFloat>(*this)) {
    int exponent = 0;
    (void)mp::frexp(*b, &exponent);
    if (exponent > static_cast<int>(kMaxIntBits) || exponent < -static_cast<int>(kMaxIntBits))
      return {};
    Fraction exact = ExactFraction(*b);
    return mp::denominator(exact) == 1 ? Ops::Make(BigInt(mp::numerator(exact))) : Constant();
  }
  if (const auto* c = Ops::Get<ComplexValue>(*this)) {
    return c->imag.Sign() == 0 ? c->real.ToInt() : Constant();
  }
  return {};
}

Constant Constant::ToFloat() const {
  if (const auto* i = Ops::Get<BigInt>(*this)) return MakeFraction(Fraction(*i));
  if (const auto* c = Ops::Get<ComplexValue>(*this)) {
    return c->imag.Sign() == 0 ? c->real.ToFloat() : Constant();
  }
  return Rank(*this) > 0 ? *this : Constant();
}

Constant Constant::ToComplex() const {
  const int rank = Rank(*this);
  if (rank == 3) return *this;
  return rank >= 0 ? MakeComplex(*this, Int(0)) : Constant();
}

std::string Constant::ToString() const {
  switch (kind()) {
    case Kind::kUnknown:
      return "unknown";
    case Kind::kBool:
      return AsBool() ? "true" : "false";
    case Kind::kString:
      return Quoted(AsString());
    case Kind::kInt:
      return Ops::Get<BigInt>(*this)->str();
    case Kind::kFloat:
      return FloatText(*this);
    case Kind::kComplex:
      return fmt::format("({} + {}i)", Real().ToString(), Imag().ToString());
  }
  return {};
}

std::string Constant::Exact() const {
  switch (kind()) {
    case Kind::kUnknown:
      return "?";
    case Kind::kBool:
      return AsBool() ? "true" : "false";
    case Kind::kString:
      return "s" + AsString();
    case Kind::kInt:
      return "i" + Ops::Get<BigInt>(*this)->str();
    case Kind::kFloat:
      if (const auto* f = Ops::Get<Fraction>(*this)) {
        if (mp::denominator(*f) == 1) return "i" + mp::numerator(*f).str();
        return "f" + f->str();
      }
      return "b" + Ops::Get<BigFloat>(*this)->str(160, std::ios_base::scientific);
    case Kind::kComplex:
      if (Imag().Sign() == 0) return Real().Exact();
      return "c" + Real().Exact() + "," + Imag().Exact();
  }
  return {};
}

Constant BinaryOp(const Constant& x, Token op, const Constant& y, bool integer_division) {
  if (!x.IsKnown() || !y.IsKnown()) return {};
  if (const auto* a = Ops::Get<bool>(x)) {
    const auto* b = Ops::Get<bool>(y);
    if (b == nullptr) return {};
    return Constant::Bool(op == Token::kLAnd ? *a && *b : *a || *b);
  }
  if (const auto* a = Ops::Get<std::string>(x)) {
    const auto* b = Ops::Get<std::string>(y);
    if (b == nullptr || op != Token::kAdd || a->size() + b->size() > kMaxStringBytes) return {};
    return Constant::String(*a + *b);
  }
  const int rank = std::max(Rank(x), Rank(y));
  if (Rank(x) < 0 || Rank(y) < 0) return {};
  if (rank == 0) return IntOp(*Ops::Get<BigInt>(x), op, *Ops::Get<BigInt>(y), integer_division);
  if (rank == 1) {
    auto result = RealOp(AsFraction(x), op, AsFraction(y));
    return result ? MakeFraction(*std::move(result)) : Constant();
  }
  if (rank == 2) {
    auto result = RealOp(AsBig(x), op, AsBig(y));
    return result ? MakeBig(*result) : Constant();
  }
  return ComplexOp(x, op, y);
}

Constant UnaryOp(Token op, const Constant& x, unsigned bits) {
  switch (op) {
    case Token::kAdd:
      return x;
    case Token::kNot:
      if (const auto* b = Ops::Get<bool>(x)) return Constant::Bool(!*b);
      return {};
    case Token::kSub:
      if (const auto* i = Ops::Get<BigInt>(x)) return Ops::Make(BigInt(-*i));
      if (const auto* f = Ops::Get<Fraction>(x)) return Ops::Make(Fraction(-*f));
      if (const auto* b = Ops::Get<BigFloat>(x)) return Ops::Make(BigFloat(-*b));
      if (const auto* c = Ops::Get<ComplexValue>(x)) {
        return MakeComplex(UnaryOp(op, c->real, 0), UnaryOp(op, c->imag, 0));
      }
      return {};
    case Token::kXor:
      if (const auto* i = Ops::Get<BigInt>(x)) {
        BigInt result = -*i - 1;
        if (bits > 0) result += BigInt(1) << bits;
        return Ops::Make(std::move(result));
      }
      return {};
    default:
      return {};
  }
}

Constant Shift(const Constant& x, Token op, uint64_t count) {
  const auto* value = Ops::Get<BigInt>(x);
  if (value == nullptr) return {};
  if (op == Token::kShr) {
    if (count > kMaxIntBits) return Ops::Make(BigInt(value->sign() < 0 ? -1 : 0));
    return Ops::Make(BigInt(*value >> static_cast<size_t>(count)));
  }
  if (value->is_zero()) return x;
  if (count > kMaxIntBits) return {};
  return MakeInt(*value << static_cast<size_t>(count));
}

bool Compare(const Constant& x, Token op, const Constant& y) {
  if (!x.IsKnown() || !y.IsKnown()) return false;
  if (const auto* a = Ops::Get<bool>(x)) {
    const auto* b = Ops::Get<bool>(y);
    return b != nullptr && (op == Token::kEql ? *a == *b : *a != *b);
  }
  if (const auto* a = Ops::Get<std::string>(x)) {
    const auto* b = Ops::Get<std::string>(y);
    return b != nullptr && Ordered(*a, op, *b);
  }
  const int rank = std::max(Rank(x), Rank(y));
  if (Rank(x) < 0 || Rank(y) < 0) return false;
  if (rank == 0) return Ordered(*Ops::Get<BigInt>(x), op, *Ops::Get<BigInt>(y));
  if (rank == 1) return Ordered(AsFraction(x), op, AsFraction(y));
  if (rank == 2) return Ordered(AsBig(x), op, AsBig(y));
  const bool equal =
      Compare(x.Real(), Token::kEql, y.Real()) && Compare(x.Imag(), Token::kEql, y.Imag());
  return op == Token::kEql ? equal : !equal;
}

Constant MakeComplex(const Constant& real, const Constant& imag) {
  if (Rank(real) < 0 || Rank(real) > 2 || Rank(imag) < 0 || Rank(imag) > 2) return {};
  return Ops::Make(ComplexValue{real, imag});
}

Constant RoundToFloat32(const Constant& x) { return Constant::Float(x.AsFloat32()); }
Constant RoundToFloat64(const Constant& x) { return Constant::Float(x.AsFloat64()); }

bool FitsInteger(const Constant& x, unsigned bits, bool is_signed) {
  const auto* value = Ops::Get<BigInt>(x);
  if (value == nullptr) return false;
  if (!is_signed) return value->sign() >= 0 && Bits(*value) <= bits;
  if (value->sign() >= 0) return Bits(*value) < bits;
  return Bits(*value + 1) < bits;
}

}  // namespace heddle::golang::types
