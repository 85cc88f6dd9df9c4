#!/bin/sh
# Writes programs/NAME.out for every programs/NAME.go: what real Go prints (of standard error the lines before the
# first empty one) and the exit status.
cd "$(dirname "$0")/programs" || exit 1
go=${GO:-/usr/lib/go-1.19/bin/go}
for source in ${1:-*.go}; do
  name=${source%.go}
  GO111MODULE=off "$go" build -o /tmp/expect_program "$source" || continue
  { /tmp/expect_program 2>/tmp/expect_err; echo "status $?" > /tmp/expect_status; } > "$name.out"
  { echo "--- stderr"; sed '/^$/q' /tmp/expect_err; cat /tmp/expect_status; } >> "$name.out"
done
