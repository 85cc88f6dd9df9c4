// SPDX-License-Identifier: Apache-2.0
//
// Beginning and end of an execution, allocation, identities.
#include "models/golang/vm/machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/golang/vm/interpret.h"
#include "models/golang/vm/traceback.h"
#include "models/sync/operations.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"

namespace heddle::golang::vm {

namespace {

constexpr uint32_t kFirstChunk = 4096;
constexpr uint32_t kLastChunk = 64 << 10;
constexpr uint32_t kDeferChunk = 16 << 10;
constexpr uint32_t kSmallestDefer = 64;  // bytes of size class 0, record included
// What a goroutine costs beside the heap: its fiber's stack, its first registers, its rows in the
// record.
constexpr uint32_t kGoroutineBytes = 8 << 10;

// State in brackets of a goroutine that waits in this operation.
std::string StateText(const sim::Model& model, const sim::Operation& operation) {
  const std::string_view blocked = model.Info(operation.code).blocked;
  if (operation.code == sync::kSelect && operation.num_operands == 0) return "select (no cases)";
  const bool channel = operation.code == sync::kSend || operation.code == sync::kReceive;
  if (channel && !operation.first().object.valid()) return std::string(blocked) + " (nil chan)";
  return blocked.empty() ? "runnable" : std::string(blocked);
}

}  // namespace

Machine::Machine(const Program& program, MachineOptions options)
    : program_(program), options_(std::move(options)), heap_(options_.max_heap) {
  if (GlobalsFit()) globals_.resize(program.globals_size / 8 + 1);
  for (const std::string& file : program.files)
    standard_files_.push_back(file.starts_with("/usr/local/go/src/"));
}

Machine::~Machine() = default;

std::function<void()> Machine::Begin(sim::Execution* execution, Entry entry) {
  execution_ = execution;
  heap_.Reset();
  std::fill(globals_.begin(), globals_.end(), 0);
  heap_.Take(globals_.size() * 8);
  num_goroutines_ = 0;
  exit_status_ = 0;
  main_returned_ = false;
  program_over_ = false;
  used_map_order_ = false;
  used_random_ = false;
  cut_by_.clear();
  defer_chunk_ = 0;
  defer_used_ = 0;
  std::fill(std::begin(free_defers_), std::end(free_defers_), nullptr);
  Goroutine* main = NewGoroutine();
  main->random_seed = sim::Mix64(options_.seed);
  return [this, main, entry] { RunMain(main, entry); };
}

sim::TaskClient* Machine::main_client() { return goroutines_[0].get(); }

void Machine::RunMain(Goroutine* g, Entry entry) {
  try {
    watching_ = execution_ != nullptr && execution_->watching();
    g->task = execution_ != nullptr ? execution_->Current() : sim::TaskId{0};
    globals_creation_ = execution_ != nullptr ? execution_->NextCreation() : 0;
    g->budget = options_.max_instructions;
    if (!GlobalsFit()) Cut("max-heap");
    if (program_.init_function != kNoRegister) {
      g->entry = &program_.functions[program_.init_function];
      if (CallGo(g, g->entry, nullptr, nullptr) == nullptr) return;
    }
    if (entry.test >= 0) {
      const Program::Test& test = program_.tests[static_cast<size_t>(entry.test)];
      struct {
        GoString name;
        const uint64_t* function;
      } args = {{test.name.data(), static_cast<int64_t>(test.name.size())},
                &program_.static_closures[test.function]};
      g->entry = &program_.functions[program_.test_runner];
      if (CallGo(g, g->entry, nullptr, &args) == nullptr) return;
    } else {
      g->entry = &program_.functions[program_.main_function];
      if (CallGo(g, g->entry, nullptr, nullptr) == nullptr) return;
    }
    main_returned_ = true;
    if (options_.ends_at_once) EndProgram(0);
  } catch (const ExecutionCut&) {
  }
}

void Machine::RunGoroutine(Goroutine* g) {
  try {
    g->task = execution_->Current();
    g->budget = options_.max_instructions;
    CallGo(g, g->entry, g->entry_closure, g->entry_args.data());
  } catch (const ExecutionCut&) {
  }
}

void Machine::EndProgram(int status) {
  if (program_over_) return;
  exit_status_ = status;
  if (!options_.ends_at_once) return;
  program_over_ = true;
  if (execution_ != nullptr) execution_->StopSoon();
}

void Machine::Cut(std::string_view limit) {
  if (cut_by_.empty()) cut_by_ = limit;
  if (execution_ != nullptr) execution_->Cut(limit);
  throw ExecutionCut{};
}

void* Machine::AllocateSlow(Goroutine* g, uint64_t size) {
  constexpr uint64_t kLarge = kLastChunk / 4;
  const auto chunk = [&](uint64_t bytes) {
    uint8_t* start =
        heap_.NewChunk(bytes, g->task, execution_ != nullptr ? execution_->NextCreation() : 0);
    if (start == nullptr) Cut("max-heap");
    return start;
  };
  if (size >= kLarge) {
    uint8_t* start = chunk(size);
    heap_.ZeroIfDirty(start, size);
    return start;
  }
  BumpRegion& region = g->region;
  region.next_size =
      region.next_size == 0 ? kFirstChunk : std::min(kLastChunk, region.next_size * 2);
  while (region.next_size < size) region.next_size *= 2;
  region.at = chunk(region.next_size);
  region.end = region.at + region.next_size;
  if (size == 0) return heap_.zero_base();
  uint8_t* at = region.at;
  region.at += size;
  std::memset(at, 0, size);
  return at;
}

GoString Machine::NewString(Goroutine* g, std::string_view text) {
  if (text.empty()) return {};
  auto* data = static_cast<char*>(Allocate(g, text.size()));
  std::memcpy(data, text.data(), text.size());
  return {data, static_cast<int64_t>(text.size())};
}

GoInterface Machine::MakeInterface(Goroutine* g, const RType* type, const void* value) {
  GoInterface result{type, 0};
  if (type->is_direct) {
    std::memcpy(&result.data, value, type->size);
  } else {
    void* box = Allocate(g, type->size);
    std::memcpy(box, value, type->size);
    result.data = reinterpret_cast<uint64_t>(box);
  }
  return result;
}

sim::ObjectId Machine::ObjectAt(const void* address) {
  if (execution_ == nullptr) return {};
  const auto* p = static_cast<const uint8_t*>(address);
  if (p >= globals() && p < globals() + globals_.size() * 8) {
    return execution_->paths().Object(sim::PathTable::Main(), globals_creation_,
                                      static_cast<uint32_t>(p - globals()));
  }
  HEDDLE_CHECK(heap_.Contains(p), "a primitive lies in the heap or among the globals");
  const HeapIdentity id = heap_.Identify(p);
  return execution_->paths().Object(id.owner, id.chunk, id.offset);
}

uint64_t Machine::PrintableAddress(uint64_t address) const {
  const auto globals = reinterpret_cast<uint64_t>(globals_.data());
  if (address >= globals && address < globals + globals_.size() * 8)
    return 0x5a0000 + (address - globals);
  const auto closures = reinterpret_cast<uint64_t>(program_.static_closures.data());
  if (address >= closures && address < closures + program_.static_closures.size() * 8) {
    return 0x480000 + (address - closures) * 8;
  }
  return heap_.PrintableAddress(address);
}

CodePosition Machine::PositionOfSite(uint64_t site) const {
  if (site >> 32 >= program_.functions.size()) return {};
  const Function& function = FunctionOfSite(site);
  const auto at = static_cast<uint32_t>(site);
  return at < function.positions.size() ? function.positions[at] : function.position;
}

sim::TraceSite Machine::TraceSiteOf(uint64_t site) const {
  const CodePosition position = PositionOfSite(site);
  return {.file = position.file < program_.files.size() ? program_.files[position.file] : "",
          .line = static_cast<int>(position.line),
          .column = position.column,
          .function = site >> 32 < program_.functions.size() ? FunctionOfSite(site).name : ""};
}

Goroutine* Machine::NewGoroutine() {
  heap_.Take(kGoroutineBytes);
  if (num_goroutines_ == goroutines_.size())
    goroutines_.push_back(std::make_unique<Goroutine>(this));
  Goroutine* g = goroutines_[num_goroutines_++].get();
  g->Reset();
  g->number = static_cast<uint32_t>(num_goroutines_);
  return g;
}

DeferRecord* Machine::NewDefer(uint32_t args_size) {
  const uint32_t bytes = sizeof(DeferRecord) + args_size;
  uint32_t size_class = 0;
  while (size_class < 8 && (kSmallestDefer << size_class) < bytes) ++size_class;
  if (size_class < 8 && free_defers_[size_class] != nullptr) {
    DeferRecord* record = free_defers_[size_class];
    free_defers_[size_class] = record->next;
    return record;
  }
  const uint32_t block = size_class < 8 ? kSmallestDefer << size_class : bytes;
  while (defer_chunk_ < defer_chunks_.size() && defer_used_ + block > kDeferChunk) {
    ++defer_chunk_;
    defer_used_ = 0;
  }
  if (defer_chunk_ == defer_chunks_.size()) {
    if (!heap_.Take(std::max(kDeferChunk, block))) Cut("max-heap");
    defer_chunks_.push_back(
        std::make_unique_for_overwrite<uint8_t[]>(std::max(kDeferChunk, block)));
  }
  auto* record = new (defer_chunks_[defer_chunk_].get() + defer_used_) DeferRecord;
  record->size_class = size_class;
  defer_used_ += (block + 7) & ~7u;
  return record;
}

void Machine::FreeDefer(DeferRecord* record) {
  if (record->size_class >= 8) return;
  record->next = free_defers_[record->size_class];
  free_defers_[record->size_class] = record;
}

void Machine::Write(Goroutine* g, int descriptor, std::string_view text) {
  ++g->effects;
  g->budget -= 32;
  g->SpendOnBytes(text.size());
  if (execution_ != nullptr) {
    if (!heap_.Take(text.size())) Cut("max-heap");
    execution_->AppendOutput(text);
  }
  if (options_.output) options_.output(descriptor, text);
}

uint64_t Machine::NextRandom(Goroutine* g) {
  ++g->effects;
  used_random_ = true;
  return sim::HashCombine(g->random_seed, ++g->random_count);
}

std::vector<std::string> Machine::Fixed() const {
  std::vector<std::string> fixed;
  if (used_map_order_) fixed.emplace_back("map order");
  if (used_random_) fixed.emplace_back("rand");
  return fixed;
}

std::string Machine::DeadlockText(const sim::Record& record) {
  exit_status_ = 2;
  program_over_ = true;
  std::string traces;
  for (size_t n = 0; n < record.num_tasks; ++n) {
    const sim::TaskRow& row = record.tasks[n];
    if (!record.IsStuck(row) || row.client == nullptr || row.operations.empty()) continue;
    const auto* g = static_cast<const Goroutine*>(row.client);
    if (g->is_system || row.operations.back().event != sim::kNoEvent) continue;
    traces +=
        "\n" + GoroutineTrace(*g, StateText(execution_->model(), *row.operations.back().operation));
  }
  if (traces.empty())
    return "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n";
  return "fatal error: all goroutines are asleep - deadlock!\n" + traces;
}

}  // namespace heddle::golang::vm
