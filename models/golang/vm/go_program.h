// SPDX-License-Identifier: Apache-2.0
//
// GoProgram: a compiled Go program as something that can be executed again and again
// (sim::Program).
#ifndef HEDDLE_MODELS_GOLANG_VM_GO_PROGRAM_H_
#define HEDDLE_MODELS_GOLANG_VM_GO_PROGRAM_H_

#include <string>
#include <vector>

#include "models/golang/vm/machine.h"
#include "sim/program.h"

namespace heddle::golang::vm {

// One per worker thread; the Program is shared.
class GoProgram final : public sim::Program {
 public:
  GoProgram(const golang::Program& program, const MachineOptions& options, Entry entry)
      : machine_(program, options), entry_(entry) {}

  std::function<void()> Start(sim::Execution& execution, sim::TaskClient** client) override;
  void Finish() override {}
  size_t StackBytes() const override;
  bool CountsTasks() const override;
  bool WriteState(sim::StateWriter* out) override { return machine_.WriteState(out); }
  std::vector<std::string> Fixed() const override { return machine_.Fixed(); }
  void KeepOrigins(bool keep) override { machine_.origins().Keep(keep); }
  sim::ObjectOrigin OriginOf(sim::ObjectId object) const override {
    return machine_.OriginOf(object);
  }

  Machine& machine() { return machine_; }

 private:
  Machine machine_;
  Entry entry_;
};

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_GO_PROGRAM_H_
