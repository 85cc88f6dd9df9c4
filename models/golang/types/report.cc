// SPDX-License-Identifier: Apache-2.0
//
// How the checker words its diagnostics: operands, objects and lists of types as gc's messages show
// them.
#include <string>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

constexpr int kMaxDepth = 20000;

std::string_view ModeText(Mode mode) {
  switch (mode) {
    case Mode::kInvalid:
      return "invalid operand";
    case Mode::kNoValue:
      return "no value";
    case Mode::kBuiltin:
      return "built-in";
    case Mode::kType:
      return "type";
    case Mode::kConstant:
      return "constant";
    case Mode::kVariable:
      return "variable";
    case Mode::kMapIndex:
      return "map index expression";
    case Mode::kValue:
      return "value";
    case Mode::kNil:
      return "nil";
    case Mode::kCommaOk:
      return "comma, ok expression";
  }
  return "";
}

std::string KindText(const Type* type) {
  const Type* under = Under(type);
  switch (under->kind()) {
    case TypeKind::kBasic:
      return static_cast<const Basic*>(under)->name;
    case TypeKind::kPointer:
      return "pointer";
    case TypeKind::kSlice:
      return "slice";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kChan:
      return "chan";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kSignature:
      return "func";
    case TypeKind::kInterface:
      return "interface";
    case TypeKind::kTuple:
      return "tuple";
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return "";
  }
  return "";
}

}  // namespace

Checker::DepthGuard::DepthGuard(Checker& checker, Pos pos)
    : ok(++checker.depth_ <= kMaxDepth), checker_(checker) {
  if (!ok && !checker.too_deep_) {
    checker.too_deep_ = true;
    checker.Unsupported(pos, "declarations or expressions nested this deeply");
  }
}

void Checker::Report(Pos pos, std::string message) {
  if (silent_) return;
  if (env_.inherited_pos.IsValid()) pos = env_.inherited_pos;
  // What mentions an invalid part in passing follows from an error that was reported already.
  const bool follow_on = message.find("invalid operand") != std::string::npos ||
                         message.find("invalid type") != std::string::npos;
  const bool at_start =
      message.starts_with("invalid operand") || message.starts_with("invalid type");
  if (errors_ > 0 && follow_on && !at_start) return;
  ++errors_;
  package_.has_errors = true;
  // gc tells where the language version comes from.
  const size_t version = message.find("requires go1.");
  if (version != std::string::npos && message.find("or later", version) != std::string::npos) {
    message += fmt::format(" (-lang was set to go1.{}; check go.mod)", options_.go_minor);
  }
  diagnostics_.Error(pos, std::move(message));
}

void Checker::Unsupported(Pos pos, std::string_view what) {
  ++errors_;
  package_.has_errors = true;
  diagnostics_.Unsupported(pos, what);
}

bool Checker::AllowVersion(int minor) const {
  int version = options_.go_minor;
  if (env_.file != nullptr && env_.file->go_version.starts_with("go1.")) {
    int file_version = 0;
    for (const char c : env_.file->go_version.substr(4)) {
      if (c < '0' || c > '9') break;
      file_version = file_version * 10 + (c - '0');
    }
    // A file may ask for an older language only down to go1.21.
    version = std::max(file_version, std::min(version, 21));
  }
  return options_.is_std || version >= minor;
}

bool Checker::RequireVersion(Pos pos, int minor, std::string_view what) {
  if (AllowVersion(minor)) return true;
  Error(pos, "{} requires go1.{} or later", what, minor);
  return false;
}

std::string Checker::Str(const Operand& x) const {
  if (x.mode == Mode::kNil) return IsInvalid(x.type) ? "nil (with invalid type)" : "nil";
  std::string expr = x.expr == nullptr ? "" : ExprString(x.expr);
  if (x.expr == nullptr && x.mode == Mode::kType) expr = Str(x.type);
  if (x.expr == nullptr && x.mode == Mode::kConstant) expr = x.value.ToString();
  std::string out = expr.empty() ? "" : expr + " (";
  bool has_type = false;
  const bool typed_mode = x.mode != Mode::kInvalid && x.mode != Mode::kNoValue &&
                          x.mode != Mode::kBuiltin && x.mode != Mode::kType;
  if (typed_mode && x.type != nullptr) {
    if (IsUntyped(x.type)) {
      out += To<Basic>(x.type)->name + " ";
    } else {
      has_type = true;
    }
  }
  out += ModeText(x.mode);
  if (x.mode == Mode::kConstant) {
    const std::string value = x.value.ToString();
    if (value != expr) out += " " + value;
  }
  if (has_type && IsInvalid(x.type)) {
    out += " with invalid type";
  } else if (has_type) {
    const auto* param = To<TypeParam>(x.type);
    std::string kind;
    const bool named = x.type->kind() == TypeKind::kNamed || x.type->kind() == TypeKind::kAlias;
    if (param == nullptr && named) kind = KindText(x.type) + " ";
    if (kind == " ") kind.clear();
    out += " of " + kind + "type " + Str(x.type);
    if (param != nullptr && param->constraint != nullptr)
      out += " constrained by " + Str(param->constraint);
  }
  if (!expr.empty()) out += ")";
  return out;
}

std::string Checker::TypesSummary(const std::vector<const Type*>& types, bool variadic,
                                  bool has_dots) const {
  std::string out = "(";
  for (size_t i = 0; i < types.size(); ++i) {
    if (i > 0) out += ", ";
    const Type* type = types[i];
    std::string text;
    if (IsInvalid(type)) {
      text = "unknown type";
    } else if (IsUntyped(type)) {
      text = IsNumeric(type) ? "number"
                             : To<Basic>(type)->name.substr(std::string_view("untyped ").size());
    } else {
      text = Str(type);
    }
    if (i + 1 == types.size()) {
      if (variadic) {
        const auto* slice = To<Slice>(type);
        text = "..." + (slice != nullptr ? Str(slice->elem) : text);
      } else if (has_dots) {
        text += "...";
      }
    }
    out += text;
  }
  return out + ")";
}

}  // namespace heddle::golang::types
