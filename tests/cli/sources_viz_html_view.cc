// SPDX-License-Identifier: Apache-2.0
// A part of viz, compiled into this test (see sources.cc).
#include "viz/html_view.cc"
