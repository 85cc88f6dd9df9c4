// SPDX-License-Identifier: Apache-2.0
// A part of the command, compiled into this test (see sources.cc).
#include "checker/cli/flags.cc"
