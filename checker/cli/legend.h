// SPDX-License-Identifier: Apache-2.0
// Legend: who is who in a trace. Goroutines by function and creation site, objects by what the
// program calls them, contexts as a tree with who cancelled and who saw it.
#ifndef HEDDLE_CHECKER_CLI_LEGEND_H_
#define HEDDLE_CHECKER_CLI_LEGEND_H_

#include <cstddef>
#include <string>

#include "sim/trace.h"

namespace heddle::cli {

// Tables of goroutines and objects, at most `columns` wide; of very many those that matter. With a
// tree of contexts when one of them is cancelled.
std::string LegendText(const sim::Trace& trace, size_t columns);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_LEGEND_H_
