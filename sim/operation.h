// SPDX-License-Identifier: Apache-2.0
// Operation: what a task is about to do at an object, without payload; Label: one way of doing it.
//
// Operations are the abstract half of what a task announces: they say everything that decides when
// it may happen and what it depends on, and nothing else, so that the search can ask "what if"
// without running the program. The meaning of the codes is the Model's: the machine only carries
// them. Operations that are kept are interned in an OperationStore, so that equal operations are
// one pointer. Source: "labels" of Abdulla, Aronis, Jonsson, Sagonas, JACM 2017, generalised from
// steps to actions.
#ifndef HEDDLE_SIM_OPERATION_H_
#define HEDDLE_SIM_OPERATION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/base/ids.h"

namespace heddle::sim {

// A row of the model's operation table. Meaning is the model's alone.
using OpCode = uint8_t;

// An operand: an object, what it is, and the state that it was created with.
struct Operand {
  ObjectId object;      // none: the nil object of its kind
  int32_t initial = 0;  // capacity of a channel, counter of a copied WaitGroup, ...
  OpCode code = 0;      // what a select case does; unused in plain operations
  friend bool operator==(const Operand&, const Operand&) = default;
};

struct Operation {
  OpCode code = 0;
  bool has_default = false;   // select
  bool flag = false;          // meaning by code
  uint16_t num_operands = 0;  // plain operations: their objects; select: its cases
  int64_t arg = 0;            // delta, duration, number of choices, ...
  // Spinning: this operation opens (or continues) a round that repeats the operations [await_from,
  // own position) of its task, which had no effect; what would only repeat it is not enabled.
  // kNotAwaiting: none.
  static constexpr uint32_t kNotAwaiting = UINT32_MAX;
  uint32_t await_from = kNotAwaiting;
  const Operand* operands = nullptr;
  // Set by the store: interned operations count from 0. No part of what makes two equal.
  uint32_t id = 0;

  std::span<const Operand> Operands() const { return {operands, num_operands}; }
  const Operand& first() const { return operands[0]; }
};

bool operator==(const Operation& a, const Operation& b);
uint64_t Hash(const Operation& operation);

// Alternatives of a label beside select cases and chosen values (0, 1, ...).
inline constexpr int32_t kOnly = -1;     // the operation has one way of happening
inline constexpr int32_t kDefault = -2;  // the default of a select

// One action: an operation of a task done in one of its ways, alone or together with a partner's
// operation (a rendezvous: `task` sends, `partner` receives; a Signal and the waiter it wakes).
struct Label {
  TaskId task;
  uint32_t position = 0;  // the task's position-th visible operation, from 0
  int32_t alternative = kOnly;
  TaskId partner;
  uint32_t partner_position = 0;
  int32_t partner_alternative = kOnly;

  bool joint() const { return partner.valid(); }
  friend auto operator<=>(const Label&, const Label&) = default;
};

// A label with the operations it uses: all that is needed to ask "what if".
struct Step {
  Label label;
  const Operation* operation = nullptr;
  const Operation* partner = nullptr;  // null unless the label is joint
};

// Two labels that use one operation are in conflict: at most one of them can happen.
inline bool Conflict(const Label& a, const Label& b) {
  auto uses = [](const Label& l, TaskId task, uint32_t position) {
    return (l.task == task && l.position == position) ||
           (l.joint() && l.partner == task && l.partner_position == position);
  };
  return uses(a, b.task, b.position) || (b.joint() && uses(a, b.partner, b.partner_position));
}

// Interned operations; pointers stay valid as long as any of the stores that share them.
class OperationStore {
 public:
  OperationStore();
  // For another thread: equal operations are one pointer in both stores.
  explicit OperationStore(const OperationStore* first);
  ~OperationStore();
  OperationStore(const OperationStore&) = delete;
  OperationStore& operator=(const OperationStore&) = delete;

  // The one stored operation equal to `operation`.
  const Operation* Intern(const Operation& operation);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_OPERATION_H_
