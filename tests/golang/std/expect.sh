#!/bin/sh
# Writes programs/NAME.out for every programs/NAME.go: what real Go prints on standard output, and the exit status.
cd "$(dirname "$0")/programs" || exit 1
go=${GO:-/usr/lib/go-1.19/bin/go}
for source in ${1:-*.go}; do
  name=${source%.go}
  GO111MODULE=off "$go" build -o /tmp/expect_program "$source" || continue
  /tmp/expect_program > "$name.out" 2> /dev/null
  echo "status $?" >> "$name.out"
done
