// SPDX-License-Identifier: Apache-2.0
// The command `heddle`.
#include "checker/cli/verbs.h"

int main(int argc, char** argv) {
  return heddle::cli::RunCommand(heddle::cli::Arguments(argv + (argc > 0 ? 1 : 0), argv + argc));
}
