// SPDX-License-Identifier: Apache-2.0
// See sources.cc.
#include "checker/cli/report_sarif.cc"
