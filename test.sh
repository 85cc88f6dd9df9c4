#!/usr/bin/env bash
# Sets everything up, builds heddle, and runs all tests. Exits 0 when all of them pass.
# usage: ./test.sh [PRESET]      release (the default), dev or asan-ubsan
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/setup.sh

preset=${1:-release}

heddle_install "${HEDDLE_PACKAGES[@]}" "${HEDDLE_TEST_PACKAGES[@]}"
heddle_build "$preset"

heddle_say "Testing the preset '$preset'"
ctest --preset "$preset" --parallel "$(heddle_jobs)"
