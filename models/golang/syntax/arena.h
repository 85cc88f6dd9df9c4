// SPDX-License-Identifier: Apache-2.0
//
// A bump allocator for syntax trees: nodes live until the file they belong to goes.
//
// Invariant: only trivially destructible objects are placed here, so that releasing a tree of any
// depth needs no recursion and no destructor runs.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_ARENA_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace heddle::golang {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <class T, class... Args>
  T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (Allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }

  // A copy of the elements that lives as long as the arena.
  template <class T>
  std::span<T> Copy(const std::vector<T>& elements) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    if (elements.empty()) return {};
    T* place = static_cast<T*>(Allocate(sizeof(T) * elements.size(), alignof(T)));
    std::uninitialized_copy(elements.begin(), elements.end(), place);
    return {place, elements.size()};
  }

  std::string_view CopyString(std::string_view text) {
    char* place = static_cast<char*>(Allocate(std::max<size_t>(text.size(), 1), 1));
    std::copy(text.begin(), text.end(), place);
    return {place, text.size()};
  }

 private:
  void* Allocate(size_t size, size_t align) {
    size_t start = (used_ + align - 1) & ~(align - 1);
    if (blocks_.empty() || start + size > capacity_) {
      capacity_ = std::max<size_t>(size, 16 * 1024);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
      start = 0;
    }
    used_ = start + size;
    return blocks_.back().get() + start;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  size_t used_ = 0;      // In the last block.
  size_t capacity_ = 0;  // Of the last block.
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_ARENA_H_
