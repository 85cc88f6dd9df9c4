// SPDX-License-Identifier: Apache-2.0
// Writes single values of the basic types with the flags, width and precision of one formatting
// directive.
//
// Lower half of package fmt's formatter: knows nothing of types or of the machine; print_values.h
// is the upper half. Source: the documentation of package fmt, and the behaviour of gc's library
// where that is silent.
#ifndef HEDDLE_MODELS_GOLANG_STD_FORMAT_TEXT_H_
#define HEDDLE_MODELS_GOLANG_STD_FORMAT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::golang {

// What stands between '%' and the verb.
struct FormatFlags {
  bool plus = false, minus = false, sharp = false, space = false, zero = false;
  bool plus_v = false, sharp_v = false;  // %+v and %#v, which change what is printed
  bool has_width = false, has_precision = false;
  int width = 0, precision = 0;
};

class TextWriter {
 public:
  FormatFlags flags;
  std::string out;

  void Pad(std::string_view text);
  void PadNumber(std::string_view text);  // never with zeros

  void Bool(bool value) { Pad(value ? "true" : "false"); }
  // `letter` is the verb; only 'O' matters. `upper`: digits A-F.
  void Integer(uint64_t value, int base, bool is_signed, char letter, bool upper);
  void Unicode(uint64_t value);
  void Character(uint64_t value);
  void QuotedCharacter(uint64_t value);
  // `verb` as for strconv; precision unless the directive has one.
  void Float(double value, int bits, char verb, int precision);
  void String(std::string_view text) { Pad(Truncated(text)); }
  void Quoted(std::string_view text);
  void HexString(std::string_view text, bool upper);

 private:
  std::string_view Truncated(std::string_view text) const;
  void Padding(int count);
};

// Number of code points, a wrong byte counting as one.
int RuneCount(std::string_view text);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_FORMAT_TEXT_H_
