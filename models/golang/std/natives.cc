// SPDX-License-Identifier: Apache-2.0
// The table of all natives.
#include "models/golang/std/natives.h"

namespace heddle::golang {

vm::NativeTable StdNatives() {
  vm::NativeTable table;
  AddTextNatives(&table);
  AddMathNatives(&table);
  AddValueNatives(&table);
  AddRuntimeNatives(&table);
  AddTestingNatives(&table);
  AddSyncNatives(&table);
  AddAtomicNatives(&table);
  AddTimeNatives(&table);
  AddContextNatives(&table);
  AddReflectNatives(&table);
  return table;
}

}  // namespace heddle::golang
