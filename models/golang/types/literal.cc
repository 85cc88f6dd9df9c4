// SPDX-License-Identifier: Apache-2.0
//
// Composite literals.
//
// A literal whose type is elided inside []*T{...} has the type *T: it stands for &T{...}.
// Source: the Go specification, "Composite literals".
#include <set>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

// A type that may decide the arguments of a generic function; fields lend their type to nothing
// else.
const Type* FuncHint(const Type* type) {
  return UnderAs<Signature>(type) != nullptr ? type : nullptr;
}

}  // namespace

void Checker::CompositeLitOf(Operand& x, const CompositeLit* literal, const Type* hint) {
  const Type* type = nullptr;
  const Type* base = nullptr;
  const auto* open = literal->type == nullptr ? nullptr : As<ArrayType>(literal->type);
  const Type* open_elem = nullptr;
  if (open != nullptr && open->open_length) {
    open_elem = VarType(open->element);
  } else if (literal->type != nullptr) {
    type = VarType(literal->type);
    base = type;
  } else if (hint != nullptr) {
    type = hint;
    base = hint;
    const Type* core = CoreType(hint);
    if (const auto* pointer = core == nullptr ? nullptr : To<Pointer>(core)) base = pointer->elem;
  } else {
    Report(StartPos(literal), "missing type in composite literal");
    Use(literal->elements);
    return;
  }
  if (open_elem != nullptr) {
    const int64_t length = IndexedElements(literal->elements, open_elem, -1);
    type = IsInvalid(open_elem) ? invalid() : types_.ArrayOf(length, open_elem);
    RecordType(open, type);
  } else {
    const Type* core = CoreType(base);
    if (const auto* record = To<Struct>(core)) {
      StructElements(literal, base, record);
    } else if (const auto* array = To<Array>(core)) {
      IndexedElements(literal->elements, array->elem, array->length);
    } else if (const auto* slice = To<Slice>(core)) {
      IndexedElements(literal->elements, slice->elem, -1);
    } else if (const auto* map = To<Map>(core)) {
      MapElements(literal, map);
    } else {
      for (const Expr* element : literal->elements) {
        const auto* pair = As<KeyValueExpr>(element);
        // A key may be the name of a field.
        if (pair != nullptr && As<Ident>(pair->key) == nullptr) UseOne(pair->key);
        UseOne(element);
      }
      if (!IsInvalid(base) && (core == nullptr || !IsInvalid(core))) {
        Error(StartPos(literal), "invalid composite literal{} type {}{}",
              literal->type == nullptr ? " element" : "", Str(type),
              core == nullptr ? " (no core type)" : "");
      }
      return;
    }
  }
  if (IsInvalid(type)) return;
  x.mode = Mode::kValue;
  x.type = type;
}

void Checker::StructElements(const CompositeLit* literal, const Type* type, const Struct* record) {
  if (literal->elements.empty()) return;
  if (As<KeyValueExpr>(literal->elements[0]) == nullptr) return StructValues(literal, type, record);
  std::set<uint32_t> visited;
  for (const Expr* element : literal->elements) {
    const auto* pair = As<KeyValueExpr>(element);
    if (pair == nullptr) {
      Report(StartPos(element), "mixture of field:value and value elements in struct literal");
      UseOne(element);
      continue;
    }
    const auto* key = As<Ident>(pair->key);
    if (key == nullptr) {
      Error(StartPos(pair), "invalid field name {} in struct literal", ExprString(pair->key));
      UseOne(pair->value);
      continue;
    }
    const StructField* field = nullptr;
    uint32_t index = 0;
    for (uint32_t i = 0; i < record->fields.size() && field == nullptr; ++i) {
      const StructField& candidate = record->fields[i];
      if (candidate.name == key->name && (candidate.pkg == nullptr || candidate.pkg == &package_) &&
          key->name != "_") {
        field = &candidate;
        index = i;
      }
    }
    if (field == nullptr) {
      if (!IsMissingMember(type, key->name, key->pos)) {
        Report(key->pos, LookupHint(type, key->name, true));
      }
      UseOne(pair->value);
      continue;
    }
    info().SetFieldIndex(pair, index);
    Operand x;
    Value(x, pair->value, FuncHint(field->type));
    Assign(x, field->type, "struct literal");
    if (!visited.insert(index).second)
      Error(StartPos(pair), "duplicate field name {} in struct literal", key->name);
  }
}

void Checker::StructValues(const CompositeLit* literal, const Type* type, const Struct* record) {
  for (size_t i = 0; i < literal->elements.size(); ++i) {
    const Expr* element = literal->elements[i];
    if (As<KeyValueExpr>(element) != nullptr) {
      Report(StartPos(element), "mixture of field:value and value elements in struct literal");
      UseOne(element);
      continue;
    }
    const bool extra = i >= record->fields.size();
    Operand x;
    Value(x, element, extra ? nullptr : FuncHint(record->fields[i].type));
    if (extra) {
      Error(StartPos(element), "too many values in struct literal of type {}", Str(type));
      return;
    }
    const StructField& field = record->fields[i];
    if (field.pkg != nullptr && field.pkg != &package_) {
      Error(StartPos(element),
            "implicit assignment to unexported field {} in struct literal of type {}", field.name,
            Str(type));
      continue;
    }
    Assign(x, field.type, "struct literal");
  }
  if (literal->elements.size() < record->fields.size()) {
    Error(literal->rbrace, "too few values in struct literal of type {}", Str(type));
  }
}

void Checker::MapElements(const CompositeLit* literal, const Map* map) {
  std::map<std::pair<std::string, uint32_t>, bool> seen;
  for (const Expr* element : literal->elements) {
    const auto* pair = As<KeyValueExpr>(element);
    if (pair == nullptr) {
      Report(StartPos(element), "missing key in map literal");
      UseOne(element);
      continue;
    }
    Operand key;
    Value(key, pair->key, map->key);
    Assign(key, map->key, "map literal");
    if (key.valid() && key.is_const() && key.value.IsKnown()) {
      // In a map of interfaces, 1 and int64(1) are different keys.
      const uint32_t type = IsInterface(map->key) ? key.type->canonical()->id() : 0;
      if (!seen.try_emplace({key.value.Exact(), type}, true).second) {
        Error(PosOf(key), "duplicate key {} in map literal", key.value.ToString());
      }
    }
    Operand value;
    Value(value, pair->value, map->elem);
    Assign(value, map->elem, "map literal");
  }
}

int64_t Checker::IndexedElements(List<Expr> elements, const Type* elem, int64_t length) {
  std::set<int64_t> visited;
  int64_t index = 0;
  int64_t end = 0;
  for (const Expr* element : elements) {
    bool valid = false;
    const Expr* value = element;
    if (const auto* pair = As<KeyValueExpr>(element)) {
      std::optional<int64_t> given;
      if (IndexOperand(pair->key, length, &given)) {
        if (given.has_value()) {
          index = *given;
          valid = true;
        } else {
          Error(StartPos(element), "index {} must be integer constant", ExprString(pair->key));
        }
      }
      value = pair->value;
    } else if (length >= 0 && index >= length) {
      Error(StartPos(element), "index {} is out of bounds (>= {})", index, length);
    } else {
      valid = true;
    }
    if (valid && !visited.insert(index).second) {
      Error(StartPos(element), "duplicate index {} in array or slice literal", index);
    }
    if (index < std::numeric_limits<int64_t>::max()) ++index;
    end = std::max(end, index);
    Operand x;
    Value(x, value, elem);
    Assign(x, elem, "array or slice literal");
  }
  return end;
}

}  // namespace heddle::golang::types
