// SPDX-License-Identifier: Apache-2.0
//
// Types as text: as gc's messages spell them, and as the runtime and reflection do.
#include <fmt/format.h>

#include <string>

#include "models/golang/types/info.h"
#include "models/golang/types/object.h"
#include "models/golang/types/type.h"

namespace heddle::golang::types {

namespace {

std::string QuotedTag(const std::string& tag) {
  std::string out = "\"";
  for (const char c : tag) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

class Writer {
 public:
  Writer(const Package* relative_to, bool runtime) : relative_to_(relative_to), runtime_(runtime) {}

  bool parameter_names = true;
  std::string out;

  void Write(const Type* type) {
    switch (type->kind()) {
      case TypeKind::kBasic:
        return WriteBasic(static_cast<const Basic*>(type));
      case TypeKind::kNamed:
        return WriteNamed(static_cast<const Named*>(type));
      case TypeKind::kAlias:
        return WriteAlias(static_cast<const Alias*>(type));
      case TypeKind::kPointer:
        out += '*';
        return Write(static_cast<const Pointer*>(type)->elem);
      case TypeKind::kSlice:
        out += "[]";
        return Write(static_cast<const Slice*>(type)->elem);
      case TypeKind::kArray:
        out += fmt::format("[{}]", static_cast<const Array*>(type)->length);
        return Write(static_cast<const Array*>(type)->elem);
      case TypeKind::kMap:
        out += "map[";
        Write(static_cast<const Map*>(type)->key);
        out += ']';
        return Write(static_cast<const Map*>(type)->elem);
      case TypeKind::kChan:
        return WriteChan(static_cast<const Chan*>(type));
      case TypeKind::kStruct:
        return WriteStruct(static_cast<const Struct*>(type));
      case TypeKind::kSignature:
        out += "func";
        return WriteSignature(static_cast<const Signature*>(type));
      case TypeKind::kInterface:
        return WriteInterface(static_cast<const Interface*>(type));
      case TypeKind::kTuple:
        return WriteTuple(static_cast<const Tuple*>(type));
      case TypeKind::kTypeParam:
        out += static_cast<const TypeParam*>(type)->name;
        return;
      case TypeKind::kUnion:
        return WriteTerms(static_cast<const Union*>(type)->terms);
    }
  }

  void WriteSignature(const Signature* type) {
    WriteParams(type->params, type->variadic);
    if (type->results.empty()) return;
    out += ' ';
    const bool bare =
        type->results.size() == 1 && (type->results[0].name.empty() || !parameter_names);
    if (bare) return Write(type->results[0].type);
    WriteParams(type->results, false);
  }

 private:
  void Qualify(const Package* pkg) {
    if (pkg == nullptr || (!runtime_ && pkg == relative_to_)) return;
    out += pkg->name + '.';
  }

  void WriteBasic(const Basic* type) {
    if (runtime_ && type->basic == BasicKind::kUint8) {
      out += "uint8";
    } else if (runtime_ && type->basic == BasicKind::kInt32) {
      out += "int32";
    } else {
      out += type->name;
    }
  }

  void WriteNamed(const Named* type) {
    Qualify(type->package());
    out += type->name();
    if (type->origin() == nullptr) {
      if (!type->is_generic()) return;
      out += '[';
      for (size_t i = 0; i < type->type_params().size(); ++i) {
        const TypeParam* param = type->type_params()[i];
        if (i > 0) out += ", ";
        out += param->name;
        const bool shared = i + 1 < type->type_params().size() &&
                            type->type_params()[i + 1]->constraint == param->constraint;
        if (shared || param->constraint == nullptr) continue;
        out += ' ';
        Write(param->constraint);
      }
      out += ']';
      return;
    }
    out += '[';
    for (size_t i = 0; i < type->type_args().size(); ++i) {
      if (i > 0) out += runtime_ ? "," : ", ";
      Write(type->type_args()[i]);
    }
    out += ']';
  }

  void WriteAlias(const Alias* type) {
    if (runtime_) return Write(type->actual);
    Qualify(type->pkg);
    out += type->name;
  }

  void WriteChan(const Chan* type) {
    bool parens = false;
    switch (type->dir) {
      case ChanDir::kSend:
        out += "chan<- ";
        break;
      case ChanDir::kReceive:
        out += "<-chan ";
        break;
      case ChanDir::kBoth: {
        out += "chan ";
        const auto* inner =
            type->elem->kind() == TypeKind::kChan ? static_cast<const Chan*>(type->elem) : nullptr;
        parens = inner != nullptr && inner->dir == ChanDir::kReceive;
        break;
      }
    }
    if (parens) out += '(';
    Write(type->elem);
    if (parens) out += ')';
  }

  void WriteStruct(const Struct* type) {
    out += runtime_ ? "struct {" : "struct{";
    for (size_t i = 0; i < type->fields.size(); ++i) {
      const StructField& field = type->fields[i];
      if (i > 0) out += ';';
      if (i > 0 || runtime_) out += ' ';
      if (!field.embedded) out += field.name + ' ';
      Write(field.type);
      if (!field.tag.empty()) out += ' ' + QuotedTag(field.tag);
    }
    out += runtime_ && !type->fields.empty() ? " }" : "}";
  }

  void WriteInterface(const Interface* type) {
    if (type->IsEmpty() && type->embedded.empty()) {
      out += runtime_ ? "interface {}" : "any";
      return;
    }
    const auto& methods = runtime_ ? type->methods : type->declared;
    // A constraint written without the word: `~int | string`.
    const bool implicit =
        !runtime_ && methods.empty() && type->embedded.size() == 1 &&
        (type->embedded[0]->kind() == TypeKind::kUnion || !UnderAs<Interface>(type->embedded[0]));
    if (implicit) return Write(type->embedded[0]);
    out += runtime_ ? "interface { " : "interface{";
    bool first = true;
    const auto separate = [&] {
      if (!first) out += "; ";
      first = false;
    };
    for (const InterfaceMethod& method : methods) {
      separate();
      if (runtime_ && method.pkg != nullptr) out += method.pkg->name + '.';
      out += method.name;
      WriteSignature(method.type);
    }
    for (const Type* embedded : type->embedded) {
      if (runtime_) break;
      separate();
      Write(embedded);
    }
    if (type->embedded.empty()) {
      if (type->comparable) separate(), out += "comparable";
      if (type->has_terms) separate(), WriteTerms(type->terms);
    }
    out += runtime_ ? " }" : "}";
  }

  void WriteTuple(const Tuple* type) {
    out += '(';
    for (size_t i = 0; i < type->types.size(); ++i) {
      if (i > 0) out += ", ";
      Write(type->types[i]);
    }
    out += ')';
  }

  void WriteTerms(const std::vector<Term>& terms) {
    for (size_t i = 0; i < terms.size(); ++i) {
      if (i > 0) out += " | ";
      if (terms[i].tilde) out += '~';
      Write(terms[i].type);
    }
  }

  void WriteParams(const std::vector<Param>& params, bool variadic) {
    out += '(';
    for (size_t i = 0; i < params.size(); ++i) {
      if (i > 0) out += ", ";
      if (!params[i].name.empty() && parameter_names && !runtime_) out += params[i].name + ' ';
      const auto* slice = variadic && i + 1 == params.size() ? To<Slice>(params[i].type) : nullptr;
      if (slice != nullptr) {
        out += "...";
        Write(slice->elem);
      } else {
        Write(params[i].type);
      }
    }
    out += ')';
  }

  const Package* const relative_to_;
  const bool runtime_;
};

}  // namespace

std::string TypeString(const Type* type, const Package* relative_to) {
  if (type == nullptr) return "invalid type";
  Writer writer(relative_to, false);
  writer.Write(type);
  return writer.out;
}

std::string RuntimeTypeString(const Type* type) {
  Writer writer(nullptr, true);
  writer.Write(type);
  return writer.out;
}

std::string SignatureString(const Signature* type, const Package* relative_to,
                            bool parameter_names) {
  Writer writer(relative_to, false);
  writer.parameter_names = parameter_names;
  writer.WriteSignature(type);
  return writer.out;
}

}  // namespace heddle::golang::types
