// SPDX-License-Identifier: Apache-2.0
// Reads the directives of a format string, as fmt.Sprintf does, and prints the arguments that they
// take.
#include <algorithm>

#include "models/golang/std/print_values.h"
#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

using vm::GoInterface;

// Widths, precisions and argument numbers beyond this are refused.
constexpr int64_t kTooLarge = 1'000'000;

class FormatReader {
 public:
  FormatReader(ValuePrinter& printer, std::string_view format,
               std::span<const GoInterface> arguments, std::vector<int>* wrapped)
      : printer_(printer), format_(format), arguments_(arguments), wrapped_(wrapped) {}

  void Run() {
    while (at_ < format_.size() && !printer_.aborted()) {
      const size_t percent = std::min(format_.find('%', at_), format_.size());
      out() += format_.substr(at_, percent - at_);
      at_ = percent + 1;
      if (percent < format_.size()) {
        Directive();
      }
    }
    if (!reordered_ && argument_ < arguments_.size() && !printer_.aborted()) {
      Extra();
    }
  }

 private:
  std::string& out() { return printer_.writer().out; }
  FormatFlags& flags() { return printer_.writer().flags; }

  bool ReadNumber(int* number) {
    const size_t start = at_;
    int64_t value = 0;
    for (; at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9'; ++at_) {
      if (value > kTooLarge) {
        at_ = format_.size();
        return false;
      }
      value = value * 10 + (format_[at_] - '0');
    }
    *number = static_cast<int>(value);
    return at_ > start;
  }

  // An argument index "[3]", if one stands here.
  void ReadIndex() {
    after_index_ = false;
    if (at_ >= format_.size() || format_[at_] != '[') {
      return;
    }
    reordered_ = true;
    const size_t close = format_.find(']', at_);
    if (format_.size() - at_ < 3 || close == std::string_view::npos) {
      good_index_ = false;
      ++at_;
      return;
    }
    ++at_;
    int number = 0;
    const bool is_number = ReadNumber(&number) && at_ == close;
    at_ = close + 1;
    if (is_number && number >= 1 && number <= static_cast<int>(arguments_.size())) {
      argument_ = number - 1;
      after_index_ = true;
      return;
    }
    good_index_ = false;
    after_index_ = is_number;
  }

  // The integer that '*' takes.
  bool TakeNumber(int* number) {
    *number = 0;
    if (argument_ >= arguments_.size()) {
      return false;
    }
    const GoInterface& argument = arguments_[argument_++];
    if (argument.type == nullptr) {
      return false;
    }
    const Kind kind = argument.type->kind;
    const bool is_signed = kind >= Kind::kInt && kind <= Kind::kInt64;
    if (!is_signed && !(kind >= Kind::kUint && kind <= Kind::kUintptr)) {
      return false;
    }
    int64_t value = static_cast<int64_t>(argument.data);
    if (is_signed) {
      const int unused = 64 - 8 * static_cast<int>(argument.type->size);
      value = static_cast<int64_t>(argument.data << unused) >> unused;
    }
    if (value > kTooLarge || value < -kTooLarge) {
      return false;
    }
    *number = static_cast<int>(value);
    return true;
  }

  // The flags; true when a plain lower-case verb followed and has been printed.
  bool ReadFlags() {
    for (; at_ < format_.size(); ++at_) {
      switch (format_[at_]) {
        case '#':
          flags().sharp = true;
          break;
        case '0':
          flags().zero = !flags().minus;
          break;
        case '+':
          flags().plus = true;
          break;
        case '-':
          flags().minus = true;
          flags().zero = false;
          break;
        case ' ':
          flags().space = true;
          break;
        default:
          return false;
      }
    }
    return false;
  }

  void ReadWidth() {
    if (at_ < format_.size() && format_[at_] == '*') {
      ++at_;
      flags().has_width = TakeNumber(&flags().width);
      if (!flags().has_width) {
        out() += "%!(BADWIDTH)";
      }
      if (flags().width < 0) {
        flags().width = -flags().width;
        flags().minus = true;
        flags().zero = false;
      }
      after_index_ = false;
      return;
    }
    flags().has_width = ReadNumber(&flags().width);
    if (after_index_ && flags().has_width) {
      good_index_ = false;
    }
  }

  void ReadPrecision() {
    if (at_ >= format_.size() || format_[at_] != '.') {
      return;
    }
    ++at_;
    if (after_index_) {
      good_index_ = false;
    }
    ReadIndex();
    if (at_ < format_.size() && format_[at_] == '*') {
      ++at_;
      flags().has_precision = TakeNumber(&flags().precision);
      if (flags().precision < 0) {
        flags().precision = 0;
        flags().has_precision = false;
      }
      if (!flags().has_precision) {
        out() += "%!(BADPREC)";
      }
      after_index_ = false;
      return;
    }
    if (!ReadNumber(&flags().precision)) {
      flags().precision = 0;
    }
    flags().has_precision = true;
  }

  void Directive() {
    flags() = {};
    good_index_ = true;
    after_index_ = false;
    ReadFlags();
    ReadIndex();
    ReadWidth();
    ReadPrecision();
    if (!after_index_) {
      ReadIndex();
    }
    if (at_ >= format_.size()) {
      out() += "%!(NOVERB)";
      return;
    }
    const DecodedRune decoded = DecodeRune(format_.substr(at_));
    at_ += decoded.width;
    const char32_t verb = decoded.rune;
    if (verb == '%') {
      out() += '%';
    } else if (!good_index_) {
      Error(verb, "(BADINDEX)");
    } else if (argument_ >= arguments_.size()) {
      Error(verb, "(MISSING)");
    } else {
      Print(verb);
    }
  }

  void Print(char32_t verb) {
    if (verb == 'w' && wrapped_ != nullptr) {
      wrapped_->push_back(static_cast<int>(argument_));
    }
    if (verb == 'v' || verb == 'w') {
      flags().sharp_v = flags().sharp;
      flags().sharp = false;
      flags().plus_v = flags().plus;
      flags().plus = false;
    }
    printer_.Argument(arguments_[argument_++], verb);
  }

  void Error(char32_t verb, std::string_view text) {
    out() += "%!";
    AppendRune(out(), verb);
    out() += text;
  }

  void Extra() {
    flags() = {};
    out() += "%!(EXTRA ";
    for (size_t i = argument_; i < arguments_.size() && !printer_.aborted(); ++i) {
      if (i > argument_) {
        out() += ", ";
      }
      if (arguments_[i].type == nullptr) {
        out() += "<nil>";
      } else {
        out() += arguments_[i].type->name + '=';
        printer_.Argument(arguments_[i], 'v');
      }
    }
    out() += ')';
  }

  ValuePrinter& printer_;
  std::string_view format_;
  std::span<const GoInterface> arguments_;
  std::vector<int>* wrapped_;
  size_t at_ = 0;
  size_t argument_ = 0;
  bool reordered_ = false;
  bool good_index_ = true;
  bool after_index_ = false;
};

}  // namespace

void PrintFormat(ValuePrinter& printer, std::string_view format,
                 std::span<const GoInterface> arguments, std::vector<int>* wrapped) {
  FormatReader(printer, format, arguments, wrapped).Run();
  if (wrapped != nullptr) {
    std::sort(wrapped->begin(), wrapped->end());
  }
}

}  // namespace heddle::golang
