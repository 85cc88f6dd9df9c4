// SPDX-License-Identifier: Apache-2.0
//
// Constant values of Go: booleans, strings and numbers of arbitrary precision.
//
// The checker computes with them; the compiler reads the final value through the As... functions.
// The numbers are of Boost.Multiprecision, whose headers only constant.cc includes. Invariant: a
// Constant is immutable and cheap to copy; the unknown constant (after an error) propagates
// silently. Source: the Go specification, "Constants" and "Constant expressions"; precision as gc
// has it: exact integers and fractions, floats of 512 bits when a fraction would be huge.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_CONSTANT_H_
#define HEDDLE_MODELS_GOLANG_TYPES_CONSTANT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "models/golang/syntax/token.h"

namespace heddle::golang::types {

struct ConstantRep;

class Constant {
 public:
  // The representation, not the Go type: 2.0 may be kept as kFloat and converted by ToInt.
  enum class Kind : uint8_t { kUnknown, kBool, kString, kInt, kFloat, kComplex };

  Constant() = default;  // Unknown.
  static Constant Bool(bool value);
  static Constant String(std::string value);
  static Constant Int(int64_t value);
  static Constant Uint(uint64_t value);
  static Constant Float(double value);  // Unknown for infinities and NaN.
  // The value of a number literal as written ("0x1F", "1e3", "2i"); unknown when it is malformed or
  // not representable, and for runes and strings (see syntax/literal.h).
  static Constant FromLiteral(LitKind kind, std::string_view text);

  Kind kind() const;
  bool IsKnown() const { return rep_ != nullptr; }

  bool AsBool() const;                     // REQUIRES: kBool
  const std::string& AsString() const;     // REQUIRES: kString
  std::optional<int64_t> AsInt64() const;  // Exact, or nothing. Numbers with an integer value only.
  std::optional<uint64_t> AsUint64() const;
  double AsFloat64()
      const;  // Rounded to nearest even; infinite when too large. REQUIRES: a real number.
  float AsFloat32() const;
  Constant Real() const;  // REQUIRES: a number.
  Constant Imag() const;

  // -1, 0 or 1; for complex numbers 0 means zero. REQUIRES: a number.
  int Sign() const;
  // Bits of the absolute value. REQUIRES: kInt.
  size_t BitLength() const;

  // The same number as an integer, a float, a complex; unknown when it has no such value.
  Constant ToInt() const;
  Constant ToFloat() const;
  Constant ToComplex() const;

  // As messages show it: strings quoted and cut at 72 bytes, floats with six digits.
  std::string ToString() const;
  // The same text if and only if the same kind and value.
  std::string Exact() const;

 private:
  friend struct ConstantOps;
  explicit Constant(std::shared_ptr<const ConstantRep> rep) : rep_(std::move(rep)) {}
  std::shared_ptr<const ConstantRep> rep_;
};

// `x op y`: + - * / on numbers (with `integer_division`, / truncates), % & | ^ &^ on integers, + on
// strings, && || on booleans. REQUIRES: a divisor that is not zero.
Constant BinaryOp(const Constant& x, Token op, const Constant& y, bool integer_division);
// + - ! and ^. For ^ of an unsigned type, `bits` is its size and limits the result; 0 otherwise.
Constant UnaryOp(Token op, const Constant& x, unsigned bits);
// << and >> of an integer. Unknown when the result is beyond 10,000 bits.
Constant Shift(const Constant& x, Token op, uint64_t count);
bool Compare(const Constant& x, Token op, const Constant& y);
// Complex number out of two real ones.
Constant MakeComplex(const Constant& real, const Constant& imag);
// Rounded to float32 or float64; unknown when it overflows.
Constant RoundToFloat32(const Constant& x);
Constant RoundToFloat64(const Constant& x);
// Does the integer fit `bits` bits, signed or not? REQUIRES: kInt.
bool FitsInteger(const Constant& x, unsigned bits, bool is_signed);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_CONSTANT_H_
