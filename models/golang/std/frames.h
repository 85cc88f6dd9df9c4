// SPDX-License-Identifier: Apache-2.0
// A goroutine's stack as Go shows it, for natives that name their callers.
#ifndef HEDDLE_MODELS_GOLANG_STD_FRAMES_H_
#define HEDDLE_MODELS_GOLANG_STD_FRAMES_H_

#include <cstdint>
#include <string>

#include "models/golang/vm/machine.h"

namespace heddle::golang {

// Visits the frames that Go shows, innermost first, until `visit` says false; the native's own is
// the first.
template <typename Visit>
void EachFrame(const vm::Goroutine& g, Visit visit) {
  for (uint32_t i = g.depth; i > 0; --i) {
    if (!g.frames[i - 1].function->is_wrapper && !visit(g.frames[i - 1])) {
      return;
    }
  }
}

struct Place {
  std::string function;
  std::string file;
  int64_t line = 0;
};

inline Place PlaceOfSite(vm::Machine& machine, uint64_t site) {
  const CodePosition position = machine.PositionOfSite(site);
  Place place;
  place.function = machine.FunctionOfSite(site).name;
  place.line = position.line;
  if (position.line != 0) {
    place.file = machine.program().files[position.file];
  }
  return place;
}

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_FRAMES_H_
