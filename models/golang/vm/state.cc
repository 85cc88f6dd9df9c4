// SPDX-License-Identifier: Apache-2.0
//
// The state of a Go program as words: globals, frames, and the heap that they reach, in the order
// in which it is reached.
//
// Registers and temporaries have no types at run time, so a word is taken for a pointer when it is
// the address of an object of the heap, as a conservative collector does, and is then written as
// the object's number and the offset into it. What nobody reaches is left out; what a dead register
// still holds is not, which can only hide that a state has come back. Not written: output, for the
// program cannot read it, and whatever waits for a change without effect (sim::Operation), for that
// is a shortcut and no state. Keep: a state that depends on how often something happened before
// (random values, natives under way) cannot be written.
#include "sim/state.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang::vm {

namespace {

uint64_t WordAt(const uint8_t* at) {
  uint64_t word;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

// The objects of the model that lie in memory, by address.
struct Native {
  const uint8_t* at;
  sim::ObjectId object;
};

class StateWalk {
 public:
  StateWalk(const Heap& heap, sim::Model& model, sim::StateWriter* out)
      : heap_(heap), model_(model), out_(out) {}

  void AddNative(const uint8_t* at, sim::ObjectId object) { natives_.push_back({at, object}); }
  void SortNatives() {
    std::sort(natives_.begin(), natives_.end(), [](const Native& a, const Native& b) {
      return a.at != b.at ? a.at < b.at : a.object < b.object;
    });
  }

  void Bytes(const uint8_t* begin, const uint8_t* end) {
    for (; begin + 8 <= end; begin += 8) Word(WordAt(begin));
    if (begin == end) return;
    uint64_t rest = 0;
    std::memcpy(&rest, begin, static_cast<size_t>(end - begin));
    out_->Word(rest);
  }

  // A value that may be a pointer.
  void Word(uint64_t word) {
    const auto* at = reinterpret_cast<const uint8_t*>(word);
    const bool sized = at >= heap_.zero_base() + kFirstPage && heap_.Contains(at);
    if (!sized) return out_->Word(word);
    const uint8_t* start = heap_.ObjectStart(at);
    auto [it, fresh] = numbers_.emplace(start, numbers_.size());
    if (fresh) pending_.push_back(start);
    out_->Word(kPointer + it->second);
    out_->Word(static_cast<uint64_t>(at - start));
  }

  // The primitives in a part of memory, where they lie in it.
  void Natives(const uint8_t* begin, const uint8_t* end) {
    for (auto it = First(begin); it != natives_.end() && it->at < end; ++it) {
      out_->Word(static_cast<uint64_t>(it->at - begin));
      out_->Object(it->object);
    }
  }

  // Everything that has been reached and not written yet.
  void Finish() {
    for (;;) {
      sim::ObjectId object;
      if (!pending_.empty()) {
        const uint8_t* start = pending_.back();
        pending_.pop_back();
        Object(start);
      } else if (out_->NextObject(&object)) {
        model_.WriteObject(object, out_);
      } else {
        return;
      }
    }
  }

 private:
  static constexpr uint64_t kFirstPage = 4096;
  static constexpr uint64_t kPointer = 0xfffe'0000'0000'0000;

  std::vector<Native>::const_iterator First(const uint8_t* at) const {
    return std::lower_bound(natives_.begin(), natives_.end(), at,
                            [](const Native& n, const uint8_t* wanted) { return n.at < wanted; });
  }

  void Object(const uint8_t* start) {
    const uint8_t* end = heap_.ObjectEnd(start);
    auto native = First(start);
    if (native != natives_.end() && native->at == start) {
      const std::string_view kind = model_.KindName(native->object);
      if (kind == "channel") {
        out_->Object(native->object);
        const auto& channel = *reinterpret_cast<const GoChan*>(start);
        for (int64_t i = 0; i < channel.count(); ++i) {
          Bytes(channel.At(i), channel.At(i) + channel.elem()->size);
        }
        return;
      }
      // A timer of the standard library keeps ids and pointers of the machine beside those into the
      // heap; what it is to do is in the model's operation.
      if (kind == "timer") {
        out_->Object(native->object);
        for (const uint8_t* at = start; at < end; at += 8) {
          if (heap_.Contains(reinterpret_cast<const void*>(WordAt(at)))) Word(WordAt(at));
        }
        return;
      }
    }
    out_->Word(static_cast<uint64_t>(end - start));
    Bytes(start, end);
    Natives(start, end);
  }

  const Heap& heap_;
  sim::Model& model_;
  sim::StateWriter* out_;
  std::vector<Native> natives_;
  std::unordered_map<const uint8_t*, uint64_t> numbers_;  // only asked, never iterated
  std::vector<const uint8_t*> pending_;
};

void WriteFrame(const Goroutine& g, uint32_t i, StateWalk* walk, sim::StateWriter* out) {
  const Frame& frame = g.frames[i];
  const Function& function = *frame.function;
  out->Word(static_cast<uint64_t>(&function - g.machine().program().functions.data()));
  out->Word(function.native != nullptr ? 0
                                       : static_cast<uint64_t>(frame.pc - function.code.data()));
  out->Word(frame.deferred_panic | uint64_t{frame.defer_owner} << 32);
  // What is above the frame of a callee, and that frame itself, is no longer this one's.
  const uint8_t* end = frame.fp + function.frame_size;
  if (i + 1 < g.depth && g.frames[i + 1].fp > frame.fp)
    end = std::min<const uint8_t*>(end, g.frames[i + 1].fp);
  walk->Bytes(frame.fp, end);
  for (DeferRecord* d = frame.defers; d != nullptr; d = d->next) {
    out->Word(
        d->function == nullptr
            ? 0
            : 1 + static_cast<uint64_t>(d->function - g.machine().program().functions.data()));
    walk->Word(reinterpret_cast<uint64_t>(d->closure));
    walk->Bytes(d->args(), d->args() + d->args_size);
  }
}

void WriteGoroutine(const Goroutine& g, StateWalk* walk, sim::StateWriter* out) {
  out->Word(g.depth | uint64_t{g.panics.size()} << 32);
  out->Word(static_cast<uint64_t>(g.signal) | uint64_t{g.panicking} << 8);
  for (uint32_t i = 0; i < g.depth; ++i) WriteFrame(g, i, walk, out);
  for (const PanicRecord& p : g.panics) {
    out->Word(uint64_t{p.goexit} | uint64_t{p.recovered} << 1 | uint64_t{p.depth} << 8);
    out->Word(reinterpret_cast<uint64_t>(p.value.type));
    walk->Word(p.value.data);
  }
}

}  // namespace

bool Machine::WriteState(sim::StateWriter* out) const {
  sim::Model& model = execution_->model();
  if (used_random_ || !model.WriteTasks(out)) return false;
  StateWalk walk(heap_, model, out);
  std::vector<sim::ObjectId> objects;
  model.CollectObjects(&objects);
  const auto* globals = reinterpret_cast<const uint8_t*>(globals_.data());
  for (sim::ObjectId object : objects) {
    const sim::PathTable::Creation c = execution_->paths().CreationOf(object);
    const uint8_t* start = c.creator == sim::PathTable::Main() && c.count == globals_creation_
                               ? globals
                               : heap_.FindChunk(c.creator, c.count);
    if (start != nullptr) walk.AddNative(start + c.offset, object);
  }
  walk.SortNatives();

  std::vector<const Goroutine*> live;
  for (size_t i = 0; i < num_goroutines_; ++i) {
    const Goroutine* g = goroutines_[i].get();
    if (g->depth == 0 || out->TaskNumber(g->task) == 0) continue;
    if (g->nesting > 1) return false;  // a native that has called back keeps state of its own
    live.push_back(g);
  }
  std::sort(live.begin(), live.end(), [&](const Goroutine* a, const Goroutine* b) {
    return out->TaskNumber(a->task) < out->TaskNumber(b->task);
  });
  for (const Goroutine* g : live) {
    out->Task(g->task);
    WriteGoroutine(*g, &walk, out);
  }
  // What armed timers are to do.
  const sim::Record& record = execution_->record();
  std::vector<sim::TaskId> timers;
  for (size_t i = 0; i < record.num_tasks; ++i) {
    const sim::TaskRow& row = record.tasks[i];
    if (row.kind == sim::TaskKind::kTimer && out->TaskNumber(row.id) != 0) timers.push_back(row.id);
  }
  std::sort(timers.begin(), timers.end(),
            [&](sim::TaskId a, sim::TaskId b) { return out->TaskNumber(a) < out->TaskNumber(b); });
  for (sim::TaskId timer : timers) {
    walk.Word(reinterpret_cast<uint64_t>(execution_->TimerOf(timer)));
  }
  walk.Bytes(globals, globals + globals_.size() * 8);
  walk.Natives(globals, globals + globals_.size() * 8);
  walk.Finish();
  return true;
}

}  // namespace heddle::golang::vm
