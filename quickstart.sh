#!/usr/bin/env bash
# Sets everything up, builds heddle, and checks one small program that leaks a goroutine now and then.
# Exits 0 when heddle finds that leak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/setup.sh

program=scenarios/quickstart/leak.go
picture=out/leak.svg

heddle_install "${HEDDLE_PACKAGES[@]}"
heddle_build release heddle
mkdir -p out

heddle_say "build/release/heddle check --trace $picture $program"
status=0
build/release/heddle check --trace "$picture" "$program" || status=$?
# A finding is what this program is for: status 1.
[[ $status -eq 1 ]] || heddle_fail "a goroutine leak was expected in $program (exit status 1), got $status"
[[ -s $picture ]] || heddle_fail "$picture was not written"

heddle_say "The picture of this execution: $PWD/$picture (open it in a browser)"
printf 'Next: build/release/heddle check YOUR_PROGRAM.go\n'
