// SPDX-License-Identifier: Apache-2.0
//
// Index and slice expressions.
//
// Source: the Go specification, "Index expressions", "Slice expressions".
#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::IndexOf(Operand& x, const IndexExpr* expr, bool instantiate) {
  RawExpr(x, expr->x, nullptr, true);
  ExcludeModes(x, true, true, false);
  SingleValue(x);
  if (!x.valid()) return Use(expr->indices);
  if (x.mode == Mode::kType) {
    x.type = CheckType(expr, false);
    if (IsInvalid(x.type)) x.mode = Mode::kInvalid;
    return;
  }
  if (x.generic != nullptr) {
    InstantiateFunc(x, expr);
    if (instantiate && x.valid() && x.generic != nullptr) {
      Error(StartPos(expr), "not enough type arguments for function {}: have {}, want {}",
            ExprString(expr->x), partial_args_.size(), x.generic->type_params.size());
      x.mode = Mode::kInvalid;
    }
    return;
  }
  if (expr->indices.size() > 1) {
    Report(StartPos(expr->indices[1]), "unexpected comma; expecting ]");
    Use(expr->indices);
    x.mode = Mode::kInvalid;
    return;
  }
  IndexValue(x, expr);
}

void Checker::IndexValue(Operand& x, const IndexExpr* expr) {
  int64_t length = -1;
  bool valid = false;
  const Type* under = Under(x.type);
  if (IsTypeParam(under)) {
    valid = IndexTypeParam(x, expr, &length);
    if (x.mode == Mode::kMapIndex) return;
  } else if (const auto* map = To<Map>(under)) {
    Operand key;
    Value(key, expr->indices[0]);
    Assign(key, map->key, "map index");
    x.mode = Mode::kMapIndex;
    x.type = map->elem;
    return;
  } else if (IsString(under)) {
    valid = true;
    if (x.is_const()) {
      if (x.value.IsKnown()) length = static_cast<int64_t>(x.value.AsString().size());
      if (IsUntyped(x.type)) ConvertUntyped(x, basic(BasicKind::kString));
    }
    x.mode = Mode::kValue;
    x.type = types_.byte_type();
  } else if (const auto* array = To<Array>(under)) {
    valid = true;
    length = array->length;
    if (x.mode != Mode::kVariable) x.mode = Mode::kValue;
    x.type = array->elem;
  } else if (const auto* slice = To<Slice>(under)) {
    valid = true;
    x.mode = Mode::kVariable;
    x.type = slice->elem;
  } else if (const auto* pointer = To<Pointer>(under)) {
    if (const auto* pointed = UnderAs<Array>(pointer->elem)) {
      valid = true;
      length = pointed->length;
      x.mode = Mode::kVariable;
      x.type = pointed->elem;
    }
  }
  if (!valid) {
    if (!IsInvalid(under)) Error(PosOf(x), "invalid operation: cannot index {}", Str(x));
    Use(expr->indices);
    x.mode = Mode::kInvalid;
    return;
  }
  std::optional<int64_t> value;
  IndexOperand(expr->indices[0], length, &value);
}

// All types of the set must be indexable and have one element type.
bool Checker::IndexTypeParam(Operand& x, const IndexExpr* expr, int64_t* length) {
  const Type* elem = nullptr;
  const Type* key = nullptr;
  bool addressable = true;
  bool first = true;
  const bool ok = ForEachType(x.type, [&](const Type* type) {
    if (type == nullptr) return false;
    const Type* under = Under(type);
    const Type* this_key = nullptr;
    const Type* this_elem = nullptr;
    int64_t this_length = -1;
    if (const auto* map = To<Map>(under)) {
      this_key = map->key;
      this_elem = map->elem;
    } else if (IsString(under)) {
      this_elem = types_.byte_type();
      addressable = false;
    } else if (const auto* array = To<Array>(under)) {
      this_elem = array->elem;
      this_length = array->length;
      addressable = addressable && x.mode == Mode::kVariable;
    } else if (const auto* slice = To<Slice>(under)) {
      this_elem = slice->elem;
    } else if (const auto* pointer = To<Pointer>(under)) {
      const auto* pointed = UnderAs<Array>(pointer->elem);
      if (pointed == nullptr) return false;
      this_elem = pointed->elem;
      this_length = pointed->length;
    }
    if (this_elem == nullptr) return false;
    if (first) {
      elem = this_elem;
      key = this_key;
    }
    if (this_length >= 0 && (*length < 0 || this_length < *length)) *length = this_length;
    const bool same_key = first || ((key == nullptr) == (this_key == nullptr) &&
                                    (key == nullptr || Identical(key, this_key)));
    first = false;
    return same_key && Identical(elem, this_elem);
  });
  if (!ok || elem == nullptr) return false;
  if (key != nullptr) {
    Operand operand;
    Value(operand, expr->indices[0]);
    Assign(operand, key, "map index");
    x.mode = Mode::kMapIndex;
    x.type = elem;
    return true;
  }
  x.mode = addressable ? Mode::kVariable : Mode::kValue;
  x.type = elem;
  return true;
}

void Checker::SliceOf(Operand& x, const SliceExpr* expr) {
  const auto use_indices = [&] {
    for (const Expr* index : {expr->low, expr->high, expr->max}) UseOne(index);
  };
  const auto fail = [&] {
    use_indices();
    x.mode = Mode::kInvalid;
  };
  Value(x, expr->x);
  if (!x.valid()) return use_indices();
  int64_t length = -1;
  const Type* core = x.is_nil() ? x.type : CoreString(types_, x.type);
  if (core == nullptr) {
    Error(PosOf(x), "invalid operation: cannot slice {}: {} has no core type", Str(x), Str(x.type));
    return fail();
  }
  const auto* pointer = To<Pointer>(core);
  const auto* pointed = pointer == nullptr ? nullptr : UnderAs<Array>(pointer->elem);
  if (IsString(core)) {
    if (expr->full) {
      Report(expr->max == nullptr ? StartPos(expr) : StartPos(expr->max),
             "invalid operation: 3-index slice of string");
      return fail();
    }
    if (x.is_const() && x.value.IsKnown()) length = static_cast<int64_t>(x.value.AsString().size());
    if (IsUntyped(x.type)) ConvertUntyped(x, basic(BasicKind::kString));
  } else if (const auto* array = To<Array>(core)) {
    length = array->length;
    if (x.mode != Mode::kVariable) {
      Error(PosOf(x), "invalid operation: {} (slice of unaddressable value)", Str(x));
      return fail();
    }
    MarkAddressTaken(expr->x);
    x.type = types_.SliceOf(array->elem);
  } else if (pointed != nullptr) {
    length = pointed->length;
    x.type = types_.SliceOf(pointed->elem);
  } else if (To<Slice>(core) == nullptr) {
    if (!IsInvalid(core)) Error(PosOf(x), "cannot slice {}", Str(x));
    return fail();
  }
  x.mode = Mode::kValue;
  const Expr* indices[3] = {expr->low, expr->high, expr->max};
  int64_t values[3] = {-1, -1, -1};
  for (int i = 0; i < 3; ++i) {
    if (indices[i] != nullptr) {
      std::optional<int64_t> value;
      IndexOperand(indices[i], length >= 0 ? length + 1 : -1, &value);
      if (value.has_value()) values[i] = *value;
    } else if (i == 0) {
      values[i] = 0;
    } else if (length >= 0) {
      values[i] = length;
    }
  }
  for (int i = 0; i < 2; ++i) {
    if (values[i] <= 0) continue;
    for (int j = i + 1; j < 3; ++j) {
      if (values[j] < 0 || values[j] >= values[i] || indices[j] == nullptr) continue;
      Error(StartPos(indices[j]), "invalid slice indices: {} < {}", values[j], values[i]);
      return;
    }
  }
}

bool Checker::IsValidIndex(Operand& x, std::string_view what, bool allow_negative) {
  if (!x.valid()) return false;
  ConvertUntyped(x, basic(BasicKind::kInt));
  if (!x.valid()) return false;
  if (!IsInteger(x.type)) {
    Error(PosOf(x), "invalid argument: {} {} must be integer", what, Str(x));
    return false;
  }
  if (!x.is_const() || !x.value.IsKnown()) return true;
  if (!allow_negative && x.value.Sign() < 0) {
    Error(PosOf(x), "invalid argument: {} {} must not be negative", what, Str(x));
    return false;
  }
  Constant rounded;
  if (!Representable(x.value, basic(BasicKind::kInt), &rounded)) {
    Error(PosOf(x), "invalid argument: {} {} overflows int", what, Str(x));
    return false;
  }
  return true;
}

bool Checker::IndexOperand(const Expr* expr, int64_t limit, std::optional<int64_t>* value) {
  Operand x;
  Value(x, expr);
  if (!IsValidIndex(x, "index", false)) return false;
  if (!x.is_const() || !x.value.IsKnown()) return true;
  const std::optional<int64_t> index = x.value.AsInt64();
  if (limit >= 0 && index.has_value() && *index >= limit) {
    Error(PosOf(x), "invalid argument: index {} out of bounds [0:{}]", x.value.ToString(), limit);
    return false;
  }
  *value = index;
  return true;
}

}  // namespace heddle::golang::types
