// SPDX-License-Identifier: Apache-2.0
//
// Type expressions: from syntax to Type.
//
// Source: the Go specification, "Types". Checks that need complete types (map keys, embedded
// fields, constraints used as types of variables) are postponed by Later.
#include <limits>
#include <utility>

#include "models/golang/syntax/literal.h"
#include "models/golang/syntax/unicode.h"
#include "models/golang/types/checker.h"
#include "models/golang/types/layout.h"

namespace heddle::golang::types {

namespace {

constexpr uint32_t kMaxTypeDepth = 1200;
constexpr uint32_t kMaxTypeWeight = 100'000;

const Ident* EmbeddedName(const Expr* expr) {
  for (;;) {
    expr = Unparen(expr);
    if (const auto* star = As<StarExpr>(expr)) {
      expr = star->x;
    } else if (const auto* index = As<IndexExpr>(expr)) {
      expr = index->x;
    } else if (const auto* selector = As<SelectorExpr>(expr)) {
      return selector->sel;
    } else {
      return As<Ident>(expr);
    }
  }
}

}  // namespace

void Checker::RecordType(const Expr* expr, const Type* type) {
  TypeAndValue& entry = info().Mutable(expr);
  entry.mode = Mode::kType;
  entry.type = type;
}

const Type* Checker::AnyType(const Expr* expr) { return CheckType(expr, false); }

const Type* Checker::VarType(const Expr* expr) {
  const Type* type = CheckType(expr, false);
  const Pos pos = StartPos(expr);
  if (To<Named>(type) != nullptr || To<Interface>(type) != nullptr) {
    Later([this, pos, type] { CheckVarType(pos, type); });
  }
  return type;
}

void Checker::CheckVarType(Pos pos, const Type* type) {
  const auto* iface = UnderAs<Interface>(type);
  if (iface == nullptr || !iface->IsConstraintOnly()) return;
  if (iface->comparable) {
    Error(pos, "cannot use type {} outside a type constraint: interface is (or embeds) comparable",
          Str(type));
  } else {
    Error(pos, "cannot use type {} outside a type constraint: interface contains type constraints",
          Str(type));
  }
}

const Type* Checker::CheckType(const Expr* expr, bool allow_generic) {
  DepthGuard depth(*this, expr->pos);
  const Type* type = depth.ok ? TypeOrInvalid(expr, allow_generic) : invalid();
  if (type->depth() > kMaxTypeDepth || type->weight() > kMaxTypeWeight) {
    Unsupported(StartPos(expr), "types as large as this one");
    type = invalid();
  }
  RecordType(expr, type);
  return type;
}

const Type* Checker::TypeOrInvalid(const Expr* expr, bool allow_generic) {
  switch (expr->kind) {
    case NodeKind::kIdent:
    case NodeKind::kSelectorExpr:
      return TypeFromIdent(expr, allow_generic);
    case NodeKind::kParenExpr:
      return CheckType(Cast<ParenExpr>(expr)->x, allow_generic);
    case NodeKind::kIndexExpr:
      return InstanceTypeOf(Cast<IndexExpr>(expr));
    case NodeKind::kStarExpr: {
      const Type* elem = VarType(Cast<StarExpr>(expr)->x);
      return IsInvalid(elem) ? invalid() : types_.PointerTo(elem);
    }
    case NodeKind::kArrayType:
      return ArrayTypeOf(Cast<ArrayType>(expr));
    case NodeKind::kStructType:
      return StructTypeOf(Cast<StructType>(expr));
    case NodeKind::kFuncType: {
      Scope scope(env_.scope);
      return CheckSignature(Cast<FuncType>(expr), scope, nullptr);
    }
    case NodeKind::kInterfaceType:
      return InterfaceTypeOf(Cast<InterfaceType>(expr));
    case NodeKind::kMapType:
      return MapTypeOf(Cast<MapType>(expr));
    case NodeKind::kChanType: {
      const auto* chan = Cast<ChanType>(expr);
      const Type* type = types_.ChanOf(chan->dir, VarType(chan->element));
      Later([this, expr, type] { CheckSize(expr, type); });
      return type;
    }
    case NodeKind::kEllipsis:
      Report(expr->pos, "invalid use of '...'");
      UseOne(Cast<Ellipsis>(expr)->element);
      return invalid();
    case NodeKind::kBadExpr:
      return invalid();
    default:
      Error(StartPos(expr), "{} is not a type", ExprString(expr));
      UseOne(expr);
      return invalid();
  }
}

const Type* Checker::TypeFromIdent(const Expr* expr, bool allow_generic) {
  Operand x;
  x.expr = expr;
  if (const auto* ident = As<Ident>(expr)) {
    IdentExpr(x, ident, true);
  } else {
    SelectorOf(x, Cast<SelectorExpr>(expr));
  }
  x.expr = expr;
  if (!x.valid()) return invalid();
  if (x.mode != Mode::kType) {
    if (x.mode == Mode::kNoValue) {
      Error(PosOf(x), "{} used as type", Str(x));
    } else {
      Error(PosOf(x), "{} is not a type", Str(x));
    }
    return invalid();
  }
  if (!allow_generic && IsGeneric(x.type)) {
    Error(StartPos(expr), "cannot use generic type {} without instantiation", Str(x.type));
    return invalid();
  }
  return x.type;
}

const Type* Checker::ArrayTypeOf(const ArrayType* expr) {
  if (expr->open_length) {
    Report(expr->pos, "invalid use of [...] array (outside a composite literal)");
    VarType(expr->element);
    return invalid();
  }
  if (expr->length == nullptr) return types_.SliceOf(VarType(expr->element));
  const std::optional<int64_t> length = ArrayLength(expr->length);
  const Type* elem = VarType(expr->element);
  if (!length.has_value()) return invalid();
  const Type* type = types_.ArrayOf(*length, elem);
  if (*length > (int64_t{1} << 20)) Later([this, expr, type] { CheckSize(expr, type); });
  return type;
}

// gc's limits for arrays and for elements of channels.
void Checker::CheckSize(const Expr* expr, const Type* type) {
  constexpr int64_t kChanElement = int64_t{1} << 16;
  if (type->is_parameterized() || IsInvalid(Under(type))) return;
  if (const auto* chan = To<Chan>(type)) {
    if (SizeOf(chan->elem) >= kChanElement)
      Error(StartPos(expr), "channel element type too large (>64kB)");
  } else if (SizeOf(type) >= kAddressSpace) {
    Error(StartPos(expr), "type {} larger than address space", Str(type));
  }
}

std::optional<int64_t> Checker::ArrayLength(const Expr* expr) {
  if (const auto* ident = As<Ident>(expr)) {
    const Object* object = env_.scope->FindUpward(ident->name);
    if (object == nullptr) {
      Error(ident->pos, "undefined array length {} or missing type constraint", ident->name);
      return std::nullopt;
    }
    if (object->kind != ObjectKind::kConst) {
      Error(ident->pos, "invalid array length {}", ident->name);
      return std::nullopt;
    }
  }
  Operand x;
  Value(x, expr);
  if (!x.valid()) return std::nullopt;
  if (!x.is_const()) {
    Error(PosOf(x), "array length {} must be constant", Str(x));
    return std::nullopt;
  }
  if (IsUntyped(x.type) || IsInteger(x.type)) {
    const Constant value = x.value.ToInt();
    const std::optional<int64_t> length = value.IsKnown() ? value.AsInt64() : std::nullopt;
    if (length.has_value() && *length >= 0) {
      if (IsUntyped(x.type)) ConvertUntyped(x, basic(BasicKind::kInt));
      return length;
    }
    if (!x.value.IsKnown()) return std::nullopt;
  }
  if (IsInteger(x.type)) {
    Error(PosOf(x), "invalid array length {}", Str(x));
  } else {
    Error(PosOf(x), "array length {} must be integer", Str(x));
  }
  return std::nullopt;
}

void Checker::AddField(std::string_view name, Pos pos, const Type* type, bool embedded,
                       const BasicLit* tag, std::vector<StructField>& fields,
                       std::map<std::string, Pos>& seen) {
  if (name != "_") {
    const auto [place, fresh] = seen.try_emplace(std::string(name), pos);
    if (!fresh) {
      Error(pos, "{} redeclared\n\t{}: other declaration of {}", name, At(place->second), name);
      return;
    }
  }
  StructField field;
  field.name = name;
  field.pkg = IsExported(name) ? nullptr : &package_;
  field.type = type;
  field.embedded = embedded;
  if (tag != nullptr && tag->lit == LitKind::kString) field.tag = StringValue(tag->text);
  fields.push_back(std::move(field));
}

void Checker::AddEmbedded(const Field* field, std::vector<StructField>& fields,
                          std::map<std::string, Pos>& seen) {
  const Pos pos = StartPos(field->type);
  const Ident* name = EmbeddedName(field->type);
  const Type* type = AnyType(field->type);
  if (name == nullptr) {
    if (!IsInvalid(type)) Error(pos, "invalid embedded field type {}", ExprString(field->type));
    return;
  }
  AddField(name->name, name->pos, type, true, field->tag, fields, seen);
  Later([this, pos, type] {
    const auto* pointer = To<Pointer>(type);
    const Type* base = pointer == nullptr ? type : pointer->elem;
    const Type* under = Under(base);
    if (under->kind() == TypeKind::kPointer) {
      Report(pos, "embedded field type cannot be a pointer");
    } else if (under->kind() == TypeKind::kTypeParam) {
      Report(pos, "embedded field type cannot be a type parameter");
    } else if (const auto* iface = To<Interface>(under)) {
      if (pointer != nullptr) {
        Report(pos, "embedded field type cannot be a pointer to an interface");
      } else if (iface->IsConstraintOnly()) {
        CheckVarType(pos, type);
      }
    }
  });
}

const Type* Checker::StructTypeOf(const StructType* expr) {
  std::vector<StructField> fields;
  std::map<std::string, Pos> seen;
  for (const Field* field : expr->fields.fields) {
    if (field->names.empty()) {
      AddEmbedded(field, fields, seen);
      continue;
    }
    const Type* type = VarType(field->type);
    for (const Ident* name : field->names) {
      AddField(name->name, name->pos, type, false, field->tag, fields, seen);
    }
  }
  return types_.StructOf(std::move(fields));
}

const Type* Checker::InterfaceTypeOf(const InterfaceType* expr) {
  std::vector<InterfaceMethod> methods;
  std::vector<const Type*> embedded;
  std::map<std::string, std::pair<Pos, const Signature*>> seen;
  if (expr->methods.fields.empty())
    return types_.AliasOf("interface{}", nullptr, types_.empty_interface());
  for (const Field* field : expr->methods.fields) {
    for (const Ident* name : field->names) {
      const auto* signature = To<Signature>(CheckType(field->type, false));
      if (name->name == "_") {
        Report(name->pos, "methods must have a unique non-blank name");
        continue;
      }
      if (signature == nullptr) continue;
      const auto [place, fresh] = seen.try_emplace(std::string(name->name), name->pos, signature);
      if (!fresh) {
        Error(name->pos, "duplicate method {}\n\t{}: other declaration of method {}", name->name,
              At(place->second.first), name->name);
        continue;
      }
      methods.push_back(
          {std::string(name->name), IsExported(name->name) ? nullptr : &package_, signature});
    }
  }
  for (const Field* field : expr->methods.fields) {
    if (!field->names.empty()) continue;
    const Type* type = ConstraintElement(field->type);
    if (IsInvalid(type) || IsInvalid(Under(type))) continue;
    if (IsTypeParam(type)) {
      Report(StartPos(field->type), "term cannot represent type parameter");
      continue;
    }
    const auto* inner = UnderAs<Interface>(type);
    const bool is_union = type->kind() == TypeKind::kUnion;
    if (inner == nullptr &&
        !RequireVersion(StartPos(field->type), 18,
                        is_union ? "embedding interface element " + ExprString(field->type)
                                 : "embedding non-interface type " + Str(type))) {
      continue;
    }
    embedded.push_back(type);
    if (inner == nullptr) continue;
    for (const InterfaceMethod& method : inner->methods) {
      const auto [place, fresh] = seen.try_emplace(method.name, StartPos(field->type), method.type);
      const bool same = Identical(place->second.second, method.type);
      if (!fresh && (!same || !AllowVersion(14))) {
        Error(StartPos(field->type), "duplicate method {}\n\t{}: other declaration of method {}",
              method.name, At(place->second.first), method.name);
      }
    }
  }
  return types_.InterfaceOf(std::move(methods), std::move(embedded));
}

bool Checker::UnionTerms(const Expr* expr, std::vector<Term>& terms) {
  std::vector<const Expr*> parts;
  const Expr* rest = expr;
  while (const auto* binary = As<BinaryExpr>(rest)) {
    if (binary->op != Token::kOr) break;
    parts.push_back(binary->y);
    rest = binary->x;
  }
  parts.push_back(rest);
  bool ok = true;
  for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
    const auto* tilde = As<UnaryExpr>(*it);
    const bool has_tilde = tilde != nullptr && tilde->op == Token::kTilde;
    const Term term{has_tilde, AnyType(has_tilde ? tilde->x : *it)};
    if (IsInvalid(term.type)) {
      ok = false;
      continue;
    }
    terms.push_back(term);
    const bool in_union = parts.size() > 1;
    const size_t index = terms.size() - 1;
    Later([this, part = *it, terms, index, in_union] {
      CheckTerm(part, terms[index], in_union);
      CheckOverlap(part, terms, index);
    });
  }
  return ok;
}

void Checker::CheckOverlap(const Expr* expr, const std::vector<Term>& terms, size_t index) {
  const auto text = [&](const Term& term) { return (term.tilde ? "~" : "") + Str(term.type); };
  const Term& term = terms[index];
  if (IsInterface(term.type)) return;
  for (size_t i = 0; i < index; ++i) {
    const Term& other = terms[i];
    if (IsInterface(other.type)) continue;
    // Two terms share a type when one type is in both sets.
    const Type* a = other.tilde ? Under(term.type) : term.type;
    const Type* b = term.tilde ? Under(other.type) : other.type;
    if (!Identical(a, b)) continue;
    Error(StartPos(expr), "overlapping terms {} and {}", text(term), text(other));
    return;
  }
}

void Checker::CheckTerm(const Expr* expr, const Term& term, bool in_union) {
  const Pos pos = StartPos(expr);
  const Type* under = Under(term.type);
  if (IsTypeParam(term.type)) {
    Report(pos, "term cannot represent type parameter");
    return;
  }
  const auto* iface = To<Interface>(under);
  if (term.tilde && iface != nullptr) {
    Error(pos, "invalid use of ~ ({} is an interface)", Str(term.type));
  } else if (term.tilde && !Identical(under, term.type)) {
    Error(pos, "invalid use of ~ (underlying type of {} is {})", Str(term.type), Str(under));
  } else if (iface != nullptr && in_union && !iface->methods.empty()) {
    Error(pos, "cannot use {} in union ({} contains methods)", Str(term.type), Str(term.type));
  } else if (iface != nullptr && in_union && iface->comparable) {
    Report(pos, To<Named>(term.type) != nullptr && To<Named>(term.type)->package() == nullptr
                    ? "cannot use comparable in union"
                    : fmt::format("cannot use {} in union ({} embeds comparable)", Str(term.type),
                                  Str(term.type)));
  }
}

const Type* Checker::ConstraintElement(const Expr* expr) {
  const auto* binary = As<BinaryExpr>(expr);
  const auto* unary = As<UnaryExpr>(expr);
  const bool is_union = (binary != nullptr && binary->op == Token::kOr) ||
                        (unary != nullptr && unary->op == Token::kTilde);
  if (!is_union) return AnyType(expr);
  std::vector<Term> terms;
  const Type* type = UnionTerms(expr, terms)
                         ? static_cast<const Type*>(types_.UnionOf(std::move(terms)))
                         : invalid();
  RecordType(expr, type);
  return type;
}

const Type* Checker::MapTypeOf(const MapType* expr) {
  const Type* key = VarType(expr->key);
  const Type* elem = VarType(expr->value);
  const Pos pos = StartPos(expr->key);
  Later([this, pos, key] {
    if (IsInvalid(key) || IsComparable(key)) return;
    const char* why = IsTypeParam(key) ? " (missing comparable constraint)" : "";
    Error(pos, "invalid map key type {}{}", Str(key), why);
  });
  if (IsInvalid(key)) return invalid();
  return types_.MapOf(key, elem);
}

const Type* Checker::InstanceTypeOf(const IndexExpr* expr) {
  const Type* generic = CheckType(expr->x, true);
  std::vector<const Type*> args;
  std::vector<Pos> positions;
  bool ok = !IsInvalid(generic);
  for (const Expr* index : expr->indices) {
    args.push_back(VarType(index));
    positions.push_back(StartPos(index));
    ok = ok && !IsInvalid(args.back());
  }
  if (!ok) return invalid();
  const auto* named = To<Named>(generic);
  if (named == nullptr || !named->is_generic()) {
    Error(StartPos(expr->x), "{} is not a generic type", Str(generic));
    return invalid();
  }
  const size_t want = named->type_params().size();
  if (args.size() != want) {
    const bool few = args.size() < want;
    Error(few ? expr->rbrack : positions[want], "{} type arguments for type {}: have {}, want {}",
          few ? "not enough" : "too many", named->name(), args.size(), want);
    return invalid();
  }
  const Pos pos = StartPos(expr);
  Later([this, positions, pos, named, args] {
    VerifyInstance(positions, pos, named->type_params(), args);
  });
  return types_.Instantiate(named, args);
}

}  // namespace heddle::golang::types
