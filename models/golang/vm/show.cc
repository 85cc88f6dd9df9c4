// SPDX-License-Identifier: Apache-2.0
//
// Short text for Go values, by their types.
#include "models/golang/vm/show.h"

#include <fmt/format.h>

#include <cstring>

#include "models/golang/vm/value.h"

namespace heddle::golang::vm {

namespace {

constexpr size_t kMaxText = 60;
constexpr uint64_t kMaxElements = 8;

template <typename T>
T Get(const void* value) {
  T out;
  std::memcpy(&out, value, sizeof(T));
  return out;
}

class Shower {
 public:
  void Value(const RType* type, const uint8_t* at, int depth) {
    if (text_.size() > kMaxText || depth > 4) {
      More();
      return;
    }
    switch (type->kind) {
      case Kind::kBool:
        text_ += Get<uint8_t>(at) != 0 ? "true" : "false";
        break;
      case Kind::kInt:
      case Kind::kInt64:
        Put(Get<int64_t>(at));
        break;
      case Kind::kInt8:
        Put(int{Get<int8_t>(at)});
        break;
      case Kind::kInt16:
        Put(Get<int16_t>(at));
        break;
      case Kind::kInt32:
        Put(Get<int32_t>(at));
        break;
      case Kind::kUint:
      case Kind::kUint64:
      case Kind::kUintptr:
        Put(Get<uint64_t>(at));
        break;
      case Kind::kUint8:
        Put(int{Get<uint8_t>(at)});
        break;
      case Kind::kUint16:
        Put(Get<uint16_t>(at));
        break;
      case Kind::kUint32:
        Put(Get<uint32_t>(at));
        break;
      case Kind::kFloat32:
        Put(Get<float>(at));
        break;
      case Kind::kFloat64:
        Put(Get<double>(at));
        break;
      case Kind::kComplex64:
        text_ += fmt::format("({}{:+}i)", Get<float>(at), Get<float>(at + 4));
        break;
      case Kind::kComplex128:
        text_ += fmt::format("({}{:+}i)", Get<double>(at), Get<double>(at + 8));
        break;
      case Kind::kString:
        String(Get<GoString>(at).view());
        break;
      case Kind::kStruct:
        Struct(type, at, depth);
        break;
      case Kind::kArray:
        Elements(type->elem, at, type->length, depth);
        break;
      case Kind::kSlice: {
        const auto slice = Get<GoSlice>(at);
        Elements(type->elem, slice.data, static_cast<uint64_t>(slice.length), depth);
        break;
      }
      case Kind::kInterface: {
        const auto iface = Get<GoInterface>(at);
        if (iface.type == nullptr) {
          text_ += "nil";
        } else {
          Value(iface.type, static_cast<const uint8_t*>(iface.value()), depth + 1);
        }
        break;
      }
      case Kind::kChan:
      case Kind::kFunc:
      case Kind::kMap:
      case Kind::kPointer:
      case Kind::kUnsafePointer:
        text_ += Get<uint64_t>(at) == 0 ? "nil" : type->name;
        break;
      case Kind::kInvalid:
        break;
    }
  }

  std::string Take() {
    if (cut_) text_ += "...";
    return std::move(text_);
  }

 private:
  template <typename T>
  void Put(T value) {
    text_ += fmt::format("{}", value);
  }

  void More() { cut_ = true; }

  void String(std::string_view value) {
    text_ += '"';
    for (const char c : value.substr(0, kMaxText)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        text_ += '\\';
        text_ += c;
      } else if (c == '\n') {
        text_ += "\\n";
      } else if (byte < 0x20 || byte == 0x7f) {
        text_ += fmt::format("\\x{:02x}", byte);
      } else {
        text_ += c;
      }
    }
    text_ += value.size() > kMaxText ? "\"..." : "\"";
  }

  void Struct(const RType* type, const uint8_t* at, int depth) {
    text_ += '{';
    for (size_t i = 0; i < type->fields.size(); ++i) {
      if (i > 0) text_ += ' ';
      Value(type->fields[i].type, at + type->fields[i].offset, depth + 1);
      if (cut_) break;
    }
    text_ += '}';
  }

  void Elements(const RType* elem, const uint8_t* at, uint64_t count, int depth) {
    text_ += '[';
    for (uint64_t i = 0; i < count && !cut_; ++i) {
      if (i > 0) text_ += ' ';
      if (i == kMaxElements) {
        text_ += "...";
        break;
      }
      Value(elem, at + i * elem->size, depth + 1);
    }
    text_ += ']';
  }

  std::string text_;
  bool cut_ = false;
};

}  // namespace

std::string ShowValue(const RType* type, const void* value) {
  Shower shower;
  shower.Value(type, static_cast<const uint8_t*>(value), 0);
  return shower.Take();
}

}  // namespace heddle::golang::vm
