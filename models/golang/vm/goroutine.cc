// SPDX-License-Identifier: Apache-2.0
//
// The register stack of a goroutine: segments that never move, so that registers keep their
// addresses.
#include "models/golang/vm/goroutine.h"

#include <algorithm>

#include "models/golang/vm/machine.h"

namespace heddle::golang::vm {

namespace {

constexpr uint32_t kFirstSegment = 2048;
constexpr uint32_t kMaxSegment = 4 << 20;
constexpr uint32_t kFirstFrames = 8;
// Segments beyond this are given back after an execution.
constexpr uint32_t kKeepSegment = 64 << 10;

}  // namespace

void Goroutine::Reset() {
  if (segments_.empty()) {
    segments_.push_back({std::make_unique_for_overwrite<uint8_t[]>(kFirstSegment), kFirstSegment});
    frames = std::make_unique<Frame[]>(kFirstFrames);
    capacity = kFirstFrames;
  }
  while (segments_.back().size > kKeepSegment) segments_.pop_back();
  if (capacity > 4096) {
    frames = std::make_unique<Frame[]>(kFirstFrames);
    capacity = kFirstFrames;
  }
  segment_ = 0;
  stack_bytes_ = segments_[0].size;
  stack_begin = segments_[0].memory.get();
  stack_end = stack_begin + segments_[0].size;
  depth = 0;
  panics.clear();
  signal = Signal::kNone;
  region = {};
  effects = 0;
  visible = 0;
  impure = 0;
  await_from = UINT32_MAX;
  num_loops = 0;
  loop_visible = 0;
  loop_head = nullptr;
  entry = nullptr;
  entry_closure = nullptr;
  entry_args.clear();
  creator = nullptr;
  created_in = nullptr;
  created_site = 0;
  is_system = false;
  random_seed = 0;
  random_count = 0;
  nesting = 0;
  panicking = false;
}

bool Goroutine::EnterSegment(uint32_t size) {
  const size_t next = segment_ + 1;
  if (next < segments_.size() && segments_[next].size < size) segments_.resize(next);
  if (next == segments_.size()) {
    const uint32_t doubled = std::min(kMaxSegment, segments_.back().size * 2);
    const uint32_t bytes = std::max(doubled, size);
    if (stack_bytes_ + bytes + uint64_t{depth} * sizeof(Frame) > machine_->options().max_stack)
      return false;
    if (!machine_->heap().Take(bytes)) machine_->Cut("max-heap");
    segments_.push_back({std::make_unique_for_overwrite<uint8_t[]>(bytes), bytes});
  }
  segment_ = next;
  stack_bytes_ += segments_[segment_].size;
  stack_end = segments_[segment_].memory.get() + segments_[segment_].size;
  return true;
}

bool Goroutine::GrowFrames() {
  if (stack_bytes_ + uint64_t{capacity} * 2 * sizeof(Frame) > machine_->options().max_stack)
    return false;
  if (!machine_->heap().Take(uint64_t{capacity} * sizeof(Frame))) machine_->Cut("max-heap");
  auto grown = std::make_unique<Frame[]>(size_t{capacity} * 2);
  std::copy(frames.get(), frames.get() + depth, grown.get());
  frames = std::move(grown);
  capacity *= 2;
  return true;
}

bool Goroutine::PushSlow(const Function* function, uint8_t* window) {
  if (depth == capacity && !GrowFrames()) return false;
  if (window + function->frame_size <= stack_end) {
    Place(function, window);
    return true;
  }
  if (!EnterSegment(function->frame_size)) return false;
  uint8_t* moved = segments_[segment_].memory.get();
  std::memcpy(moved + function->results_size, window + function->results_size, function->args_size);
  Place(function, moved);
  top().new_segment = true;
  top().copy_back = window;
  return true;
}

bool Goroutine::PushCall(const Function* function, const uint64_t* closure, const void* args) {
  if (depth == capacity && !GrowFrames()) return false;
  uint8_t* window = depth == 0 ? stack_begin : top().fp + top().function->frame_size;
  const bool fits = window + function->frame_size <= stack_end;
  if (!fits) {
    if (!EnterSegment(function->frame_size)) return false;
    window = segments_[segment_].memory.get();
  }
  if (function->args_size != 0)
    std::memcpy(window + function->results_size, args, function->args_size);
  Place(function, window);
  if (!fits) {
    top().new_segment = true;
    top().copy_back = nullptr;
  }
  if (function->closure_slot != kNoRegister)
    std::memcpy(window + function->closure_slot, &closure, 8);
  return true;
}

void Goroutine::LeaveSegment(const Frame& frame) {
  if (frame.copy_back != nullptr)
    std::memcpy(frame.copy_back, frame.fp, frame.function->results_size);
  stack_bytes_ -= segments_[segment_].size;
  --segment_;
  stack_end = segments_[segment_].memory.get() + segments_[segment_].size;
}

uint64_t Goroutine::Site() const {
  if (depth == 0) return 0;
  // A native, or a function of a standard package, is doing what its caller asked for.
  uint64_t innermost = 0;
  for (uint32_t i = depth; i > 0; --i) {
    const Frame& frame = frames[i - 1];
    if (frame.function->native != nullptr) continue;
    const uint64_t site = machine_->MakeSite(frame.function, frame.pc);
    if (!machine_->IsStandard(*frame.function)) return site;
    if (innermost == 0) innermost = site;
  }
  return innermost;
}

}  // namespace heddle::golang::vm
