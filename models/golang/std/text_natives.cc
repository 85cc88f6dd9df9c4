// SPDX-License-Identifier: Apache-2.0
// Natives of strconv, strings, unicode, unicode/utf8 and fmt: text in, text out.
#include <algorithm>
#include <limits>
#include <string>

#include "models/golang/std/natives.h"
#include "models/golang/std/number_text.h"
#include "models/golang/std/print_values.h"
#include "models/golang/std/unicode_properties.h"
#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

using vm::GoFunc;
using vm::GoInterface;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;

// An argument that the native goes through.
std::string_view TextArg(NativeCall& call) {
  const std::string_view text = call.Arg<GoString>().view();
  call.Spend(text.size() / 16);
  return text;
}

int64_t Position(size_t at) { return at == std::string_view::npos ? -1 : static_cast<int64_t>(at); }

// ---- strconv

void FormatInt(NativeCall& call) {
  const auto value = call.Arg<int64_t>();
  call.ReturnString(IntText(value, static_cast<int>(call.Arg<int64_t>())));
}

void FormatUint(NativeCall& call) {
  const auto value = call.Arg<uint64_t>();
  call.ReturnString(UintText(value, static_cast<int>(call.Arg<int64_t>())));
}

void FormatFloat(NativeCall& call) {
  const auto value = call.Arg<double>();
  const auto format = call.Arg<uint8_t>();
  const auto precision = call.Arg<int64_t>();
  const auto bits = call.Arg<int64_t>();
  const int64_t bounded = std::clamp<int64_t>(precision, -1, 1'000'000);
  call.Spend(static_cast<uint64_t>(bounded + 1));
  call.ReturnString(FloatText(value, static_cast<char>(format), static_cast<int>(bounded),
                              static_cast<int>(bits)));
}

void ParseFloatNative(NativeCall& call) {
  const std::string_view text = TextArg(call);
  const auto bits = call.Arg<int64_t>();
  const ParsedFloat parsed = ParseFloat(text, static_cast<int>(bits));
  call.Return(parsed.value);
  call.Return(static_cast<int64_t>(parsed.length));
  call.Return(parsed.out_of_range);
}

void Quote(NativeCall& call) {
  const std::string_view text = TextArg(call);
  const auto mark = call.Arg<uint8_t>();
  const bool ascii_only = call.Arg<bool>();
  const bool graphic_only = call.Arg<bool>();
  call.ReturnString(QuoteText(text, static_cast<char>(mark), ascii_only, graphic_only));
}

// ---- strings

void Index(NativeCall& call) {
  const std::string_view text = TextArg(call);
  call.Return(Position(text.find(TextArg(call))));
}

void LastIndex(NativeCall& call) {
  const std::string_view text = TextArg(call);
  call.Return(Position(text.rfind(TextArg(call))));
}

void IndexByte(NativeCall& call) {
  const std::string_view text = TextArg(call);
  call.Return(Position(text.find(static_cast<char>(call.Arg<uint8_t>()))));
}

void LastIndexByte(NativeCall& call) {
  const std::string_view text = TextArg(call);
  call.Return(Position(text.rfind(static_cast<char>(call.Arg<uint8_t>()))));
}

int64_t CountOf(std::string_view text, std::string_view part) {
  if (part.empty()) {
    return RuneCount(text) + 1;
  }
  int64_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

void Count(NativeCall& call) {
  const std::string_view text = TextArg(call);
  call.Return(CountOf(text, TextArg(call)));
}

// The smallest rune that is equal but for case.
int32_t Folded(char32_t rune) {
  auto least = static_cast<int32_t>(rune);
  const int32_t start = least;
  for (int32_t r = unicode::SimpleFold(start); r != start; r = unicode::SimpleFold(r)) {
    least = std::min(least, r);
  }
  return least;
}

void EqualFold(NativeCall& call) {
  std::string_view a = TextArg(call);
  std::string_view b = TextArg(call);
  while (!a.empty() && !b.empty()) {
    const DecodedRune x = DecodeRune(a), y = DecodeRune(b);
    a.remove_prefix(x.width);
    b.remove_prefix(y.width);
    if (x.rune != y.rune && Folded(x.rune) != Folded(y.rune)) {
      call.Return(false);
      return;
    }
  }
  call.Return(a.empty() && b.empty());
}

void ToCase(NativeCall& call, unicode::Case wanted) {
  std::string_view text = TextArg(call);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const DecodedRune r = DecodeRune(text);
    text.remove_prefix(r.width);
    AppendRune(out, static_cast<char32_t>(unicode::To(wanted, static_cast<int32_t>(r.rune))));
  }
  call.ReturnString(out);
}

void ToUpper(NativeCall& call) { ToCase(call, unicode::Case::kUpper); }
void ToLower(NativeCall& call) { ToCase(call, unicode::Case::kLower); }

void Repeat(NativeCall& call) {
  const std::string_view text = TextArg(call);
  const auto count = call.Arg<int64_t>();
  const uint64_t size = text.size() * static_cast<uint64_t>(count);
  auto* data = static_cast<char*>(call.Allocate(size));
  for (uint64_t at = 0; at < size; at += text.size()) {
    std::copy(text.begin(), text.end(), data + at);
  }
  call.Return(GoString{data, static_cast<int64_t>(size)});
}

void ConcatWith(NativeCall& call) {
  const auto elements = call.Arg<GoSlice>();
  const std::string_view separator = TextArg(call);
  std::string out;
  if (elements.length > 0) {
    call.OnRead(elements.data, elements.length * sizeof(GoString));
  }
  const auto* parts = reinterpret_cast<const GoString*>(elements.data);
  for (int64_t i = 0; i < elements.length; ++i) {
    call.Spend(1 + parts[i].view().size() / 16);
  }
  for (int64_t i = 0; i < elements.length; ++i) {
    if (i > 0) {
      out += separator;
    }
    out += parts[i].view();
    call.Expect(out.size());
  }
  call.ReturnString(out);
}

void Replace(NativeCall& call) {
  const GoString whole = call.Arg<GoString>();
  const std::string_view text = whole.view();
  const std::string_view old = TextArg(call);
  const std::string_view replacement = TextArg(call);
  auto limit = call.Arg<int64_t>();
  if (old == replacement || limit == 0) {
    call.Return(whole);
    return;
  }
  if (limit < 0) {
    limit = std::numeric_limits<int64_t>::max();
  }
  std::string out;
  size_t start = 0;
  int64_t done = 0;
  if (old.empty()) {
    // Before every rune and at the end.
    for (; done < limit && start <= text.size(); ++done) {
      out += replacement;
      if (start == text.size()) {
        break;
      }
      const uint32_t width = DecodeRune(text.substr(start)).width;
      out += text.substr(start, width);
      start += width;
      call.Expect(out.size());
    }
  } else {
    for (; done < limit; ++done) {
      const size_t at = text.find(old, start);
      if (at == std::string_view::npos) {
        break;
      }
      out += text.substr(start, at - start);
      out += replacement;
      start = at + old.size();
      call.Expect(out.size());
    }
  }
  out += text.substr(start);
  call.ReturnString(out);
}

// ---- unicode, unicode/utf8

void InTable(NativeCall& call) {
  const std::string_view name = TextArg(call);
  call.Return(unicode::InTable(name, call.Arg<int32_t>()));
}

void UnicodeToCase(NativeCall& call) {
  const auto which = call.Arg<int64_t>();
  const auto rune = call.Arg<int32_t>();
  call.Return(unicode::To(which == 0   ? unicode::Case::kUpper
                          : which == 1 ? unicode::Case::kLower
                                       : unicode::Case::kTitle,
                          rune));
}

void SimpleFold(NativeCall& call) { call.Return(unicode::SimpleFold(call.Arg<int32_t>())); }
void IsPrint(NativeCall& call) { call.Return(unicode::IsPrint(call.Arg<int32_t>())); }
void IsGraphic(NativeCall& call) { call.Return(unicode::IsGraphic(call.Arg<int32_t>())); }

void RuneCountInString(NativeCall& call) { call.Return(int64_t{RuneCount(TextArg(call))}); }

void ValidString(NativeCall& call) {
  std::string_view text = TextArg(call);
  bool valid = true;
  while (!text.empty() && valid) {
    const DecodedRune r = DecodeRune(text);
    text.remove_prefix(r.width);
    valid = r.rune != kRuneError || r.width > 1;
  }
  call.Return(valid);
}

// ---- fmt

std::span<const GoInterface> ArgumentsOf(const GoSlice& slice) {
  return {reinterpret_cast<const GoInterface*>(slice.data), static_cast<size_t>(slice.length)};
}

void Sprintf(NativeCall& call) {
  const auto call_method = call.Arg<GoFunc>();
  const std::string_view format = TextArg(call);
  const auto arguments = call.Arg<GoSlice>();
  const bool wrap = call.Arg<bool>();
  ValuePrinter printer(call, call_method, wrap);
  std::vector<int> wrapped;
  PrintFormat(printer, format, ArgumentsOf(arguments), wrap ? &wrapped : nullptr);
  if (printer.aborted()) {
    return;
  }
  call.ReturnString(printer.writer().out);
  std::string numbers;
  for (const int n : wrapped) {
    numbers += static_cast<char>(std::min(n, 255));
  }
  call.ReturnString(numbers);
}

void Sprint(NativeCall& call) {
  const auto call_method = call.Arg<GoFunc>();
  const auto slice = call.Arg<GoSlice>();
  ValuePrinter printer(call, call_method, false);
  bool after_string = true;
  for (const GoInterface& argument : ArgumentsOf(slice)) {
    const bool is_string = argument.type != nullptr && argument.type->kind == Kind::kString;
    if (!is_string && !after_string) {
      printer.writer().out += ' ';
    }
    after_string = is_string;
    printer.Argument(argument, 'v');
    if (printer.aborted()) {
      return;
    }
  }
  call.ReturnString(printer.writer().out);
}

void Sprintln(NativeCall& call) {
  const auto call_method = call.Arg<GoFunc>();
  const auto slice = call.Arg<GoSlice>();
  ValuePrinter printer(call, call_method, false);
  bool first = true;
  for (const GoInterface& argument : ArgumentsOf(slice)) {
    if (!first) {
      printer.writer().out += ' ';
    }
    first = false;
    printer.Argument(argument, 'v');
    if (printer.aborted()) {
      return;
    }
  }
  printer.writer().out += '\n';
  call.ReturnString(printer.writer().out);
}

// Stores a number that was scanned in what the pointer points to; returns what is wrong, or "".
std::string StoreNumber(NativeCall& call, const RType* type, uint8_t* target, std::string_view text,
                        int base) {
  const Kind kind = type->kind;
  if (kind == Kind::kFloat32 || kind == Kind::kFloat64) {
    const int bits = kind == Kind::kFloat32 ? 32 : 64;
    const ParsedFloat parsed = ParseFloat(text, bits);
    if (parsed.length == 0 || parsed.length != text.size()) {
      return "strconv.ParseFloat: parsing " + QuoteText(text, '"', false, false) +
             ": invalid syntax";
    }
    call.OnWrite(target, type->size);
    if (bits == 32) {
      const auto value = static_cast<float>(parsed.value);
      std::memcpy(target, &value, sizeof value);
    } else {
      std::memcpy(target, &parsed.value, sizeof parsed.value);
    }
    return "";
  }
  const bool is_signed = kind >= Kind::kInt && kind <= Kind::kInt64;
  if (!is_signed && !(kind >= Kind::kUint && kind <= Kind::kUintptr)) {
    return "can't scan type: *" + type->name;
  }
  const bool negative = !text.empty() && text[0] == '-';
  std::string digits(text.substr(!text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0));
  std::erase(digits, '_');
  size_t prefix = 0;
  if (base == 0) {
    base = 10;
    if (digits.size() > 1 && digits[0] == '0') {
      const char letter = static_cast<char>(digits[1] | 0x20);
      base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
      prefix = letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1;
    }
  }
  uint64_t value = 0;
  if (digits.size() <= prefix) {
    return "expected integer";
  }
  const uint64_t most = is_signed ? (uint64_t{1} << (type->size * 8 - 1)) - (negative ? 0 : 1)
                                  : ~uint64_t{0} >> (64 - type->size * 8);
  for (const char c : digits.substr(prefix)) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    if (digit < 0 || digit >= base) {
      return "expected integer";
    }
    if (value > (most - digit) / base) {
      return (is_signed ? "integer overflow on token " : "unsigned integer overflow on token ") +
             std::string(text);
    }
    value = value * base + digit;
  }
  if (negative) {
    if (!is_signed) {
      return "expected integer";
    }
    value = -value;
  }
  call.OnWrite(target, type->size);
  std::memcpy(target, &value, type->size);
  return "";
}

void StoreScanned(NativeCall& call) {
  const auto target = call.Arg<GoInterface>();
  const std::string_view text = TextArg(call);
  const auto base = call.Arg<int64_t>();
  if (target.type == nullptr || target.type->kind != Kind::kPointer) {
    call.ReturnString("type not a pointer: " +
                      (target.type == nullptr ? "<nil>" : target.type->name));
    return;
  }
  call.ReturnString(StoreNumber(call, target.type->elem, reinterpret_cast<uint8_t*>(target.data),
                                text, static_cast<int>(base)));
}

}  // namespace

void AddTextNatives(vm::NativeTable* table) {
  table->Add("strconv.formatInt", &FormatInt);
  table->Add("strconv.formatUint", &FormatUint);
  table->Add("strconv.formatFloat", &FormatFloat);
  table->Add("strconv.parseFloat", &ParseFloatNative);
  table->Add("strconv.quote", &Quote);
  table->Add("strconv.IsPrint", &IsPrint);
  table->Add("strconv.IsGraphic", &IsGraphic);
  table->Add("strings.Index", &Index);
  table->Add("strings.LastIndex", &LastIndex);
  table->Add("strings.IndexByte", &IndexByte);
  table->Add("strings.LastIndexByte", &LastIndexByte);
  table->Add("strings.Count", &Count);
  table->Add("strings.EqualFold", &EqualFold);
  table->Add("strings.ToUpper", &ToUpper);
  table->Add("strings.ToLower", &ToLower);
  table->Add("strings.repeat", &Repeat);
  table->Add("strings.concat", &ConcatWith);
  table->Add("strings.replace", &Replace);
  table->Add("unicode.inTable", &InTable);
  table->Add("unicode.toCase", &UnicodeToCase);
  table->Add("unicode.SimpleFold", &SimpleFold);
  table->Add("unicode/utf8.RuneCountInString", &RuneCountInString);
  table->Add("unicode/utf8.ValidString", &ValidString);
  table->Add("fmt.sprintf", &Sprintf);
  table->Add("fmt.sprint", &Sprint);
  table->Add("fmt.sprintln", &Sprintln);
  table->Add("fmt.storeScanned", &StoreScanned);
}

}  // namespace heddle::golang
