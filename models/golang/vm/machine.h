// SPDX-License-Identifier: Apache-2.0
//
// Everything that executions of one Program change: heap, globals, goroutines, output. One Machine
// serves one worker thread; it runs one execution after the other inside a sim::Execution and keeps
// its memory in between. Central file of vm/: the interpreter is interpret.cc, panics are
// unwind.cc, channels are channel.cc. Keep: after Begin nothing of an earlier execution can be
// seen.
#ifndef HEDDLE_MODELS_GOLANG_VM_MACHINE_H_
#define HEDDLE_MODELS_GOLANG_VM_MACHINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/bytecode/program.h"
#include "models/golang/vm/goroutine.h"
#include "models/golang/vm/heap.h"
#include "models/golang/vm/origins.h"
#include "models/golang/vm/type_maker.h"
#include "sim/execution.h"

namespace heddle::golang::vm {

// The frames of a build with AddressSanitizer are more than ten times as large.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr uint32_t kFrameGrowth = 16;
#else
inline constexpr uint32_t kFrameGrowth = 1;
#endif
inline constexpr uint32_t kNativeStack = kFrameGrowth * (448 << 10);

struct MachineOptions {
  uint64_t max_heap = uint64_t{1} << 30;     // bytes
  uint64_t max_stack = uint64_t{128} << 20;  // bytes of one goroutine
  uint32_t max_native_stack =
      kNativeStack;                        // bytes of the fiber that natives calling back may take
  int64_t max_instructions = 100'000'000;  // between two visible operations
  uint64_t max_rounds = UINT64_MAX;        // a bound: see sim::Bounds
  uint64_t seed = 1;                       // of map iteration order and random values
  int64_t choices = 8;                     // random values out of at most so many are choices
  // `heddle run`: the program ends as Go's does, at once when main returns, panics or exits.
  // Otherwise these only end their goroutine.
  bool ends_at_once = false;
  // Where standard output (1) and error (2) go, beside the record of the execution.
  std::function<void(int descriptor, std::string_view text)> output;
  // os.Args.
  std::vector<std::string> arguments;
};

// What an execution starts with.
struct Entry {
  // The test to run; -1: main.main.
  int test = -1;
};

class Machine {
 public:
  Machine(const Program& program, MachineOptions options);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Prepares a new execution and returns the body of its first task, to be given to Execution::Run
  // with main_client().
  std::function<void()> Begin(sim::Execution* execution, Entry entry);
  sim::TaskClient* main_client();

  // ---- How the execution ended (`heddle run`)

  // Exit status of the program: that of os.Exit, 2 after a panic or fatal error, else 0.
  int exit_status() const { return exit_status_; }
  bool main_returned() const { return main_returned_; }
  // Ended by main's return, os.Exit, a panic or a fatal error.
  bool program_over() const { return program_over_; }
  // Go's "fatal error: all goroutines are asleep - deadlock!" with the stacks of all goroutines;
  // sets the status.
  std::string DeadlockText(const sim::Record& record);

  // ---- For the machine's own files and natives
  const Program& program() const { return program_; }
  const MachineOptions& options() const { return options_; }
  // Null while Go code runs without a simulation (tests of sequential code).
  sim::Execution* execution() const { return execution_; }
  uint8_t* globals() { return reinterpret_cast<uint8_t*>(globals_.data()); }
  Heap& heap() { return heap_; }
  Origins& origins() { return origins_; }
  const Origins& origins() const { return origins_; }
  // What the program calls the object, and where it made it.
  sim::ObjectOrigin OriginOf(sim::ObjectId object) const;
  // Types that are made at run time.
  TypeMaker& type_maker();
  // Are these bytes in the heap or among the globals?
  bool IsMemory(const uint8_t* data, uint64_t size) const;
  const void* heap_base() const { return heap_.zero_base(); }
  // True when plain accesses are reported.
  bool watching() const { return watching_; }

  // Zeroed memory, 8-byte aligned. Throws ExecutionCut past the heap limit.
  void* Allocate(Goroutine* g, uint64_t size) {
    ++g->effects;
    g->SpendOnBytes(size);
    size = (size + 7) & ~uint64_t{7};
    BumpRegion& region = g->region;
    if (__builtin_expect(size > static_cast<uint64_t>(region.end - region.at), 0))
      return AllocateSlow(g, size);
    if (size == 0) return heap_.zero_base();
    uint8_t* at = region.at;
    region.at += size;
    heap_.Mark(at, size);
    std::memset(at, 0, size);
    return at;
  }
  GoString NewString(Goroutine* g, std::string_view text);
  GoInterface MakeInterface(Goroutine* g, const RType* type, const void* value);

  // The object id of a primitive that lies in memory at this address (heap or globals): the same in
  // every execution.
  sim::ObjectId ObjectAt(const void* address);
  // The number that stands for an address in output.
  uint64_t PrintableAddress(uint64_t address) const;

  // Sites: an instruction of a function as a number. pc is the one after it.
  // A function of one of our standard packages.
  bool IsStandard(const Function& function) const {
    return function.position.file < standard_files_.size() &&
           standard_files_[function.position.file];
  }
  uint64_t MakeSite(const Function* function, const Instr* pc) const {
    const auto index = static_cast<uint64_t>(function - program_.functions.data());
    const uint64_t at = pc == nullptr || pc == function->code.data()
                            ? 0
                            : static_cast<uint64_t>(pc - function->code.data()) - 1;
    return index << 32 | at;
  }
  const Function& FunctionOfSite(uint64_t site) const { return program_.functions[site >> 32]; }
  CodePosition PositionOfSite(uint64_t site) const;
  sim::TraceSite TraceSiteOf(uint64_t site) const;

  Goroutine* NewGoroutine();
  DeferRecord* NewDefer(uint32_t args_size);
  void FreeDefer(DeferRecord* record);

  void Write(Goroutine* g, int descriptor, std::string_view text);
  // The program ends with this status (run), or the goroutine does (check).
  void EndProgram(int status);
  // What of the program's chance followed the seed so far: "map order", "rand".
  std::vector<std::string> Fixed() const;
  void NoteMapOrder() { used_map_order_ = true; }
  // A limit is hit: the execution ends. Does not return.
  [[noreturn]] void Cut(std::string_view limit);
  const std::string& cut_by() const { return cut_by_; }
  // A random number of the program: a function of the seed, the goroutine and how many it has
  // drawn.
  uint64_t NextRandom(Goroutine* g);
  // Writes the state between two events (state.cc). False: it has a part that has no place there.
  bool WriteState(sim::StateWriter* out) const;
  // The body of a goroutine's task.
  void RunGoroutine(Goroutine* g);

  void Access(const void* address, uint64_t size, bool write, uint64_t site) {
    if (execution_ != nullptr) execution_->Access(address, size, write, site);
  }

 private:
  void* AllocateSlow(Goroutine* g, uint64_t size);
  void RunMain(Goroutine* g, Entry entry);
  // Otherwise every execution is cut as it begins, and there are no globals.
  bool GlobalsFit() const { return program_.globals_size <= options_.max_heap; }

  const Program& program_;
  std::vector<bool> standard_files_;  // by file of the program
  MachineOptions options_;
  Heap heap_;
  Origins origins_;
  std::vector<uint64_t> globals_;
  sim::Execution* execution_ = nullptr;
  bool watching_ = false;
  std::vector<std::unique_ptr<Goroutine>> goroutines_;  // reused
  size_t num_goroutines_ = 0;
  uint32_t globals_creation_ = 0;
  int exit_status_ = 0;
  bool main_returned_ = false;
  bool program_over_ = false;
  std::string cut_by_;
  std::unique_ptr<TypeMaker> type_maker_;
  bool used_map_order_ = false;
  bool used_random_ = false;
  // Deferred calls: blocks carved from chunks, free lists by size class.
  std::vector<std::unique_ptr<uint8_t[]>> defer_chunks_;
  size_t defer_chunk_ = 0;
  uint32_t defer_used_ = 0;
  DeferRecord* free_defers_[8] = {};
};

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_MACHINE_H_
