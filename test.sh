#!/usr/bin/env bash
# Sets everything up, builds heddle, and runs all tests. Exits 0 when all of them pass.
# usage: ./test.sh [PRESET]      release (the default), dev or asan-ubsan
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/setup.sh

preset=${1:-release}

heddle_install "${HEDDLE_PACKAGES[@]}" "${HEDDLE_TEST_PACKAGES[@]}"
heddle_build "$preset"

# Other random programs for every commit; a failure names the seed.
if [[ -z ${HEDDLE_ORACLE_SEED-} ]] && commit=$(git rev-parse --short=8 HEAD 2>/dev/null); then
  export HEDDLE_ORACLE_SEED=$((16#$commit))
fi

heddle_say "Testing the preset '$preset'"
ctest --preset "$preset" --parallel "$(heddle_jobs)"
