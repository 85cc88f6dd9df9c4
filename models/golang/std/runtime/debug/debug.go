// SPDX-License-Identifier: Apache-2.0
// Package debug: traces of goroutines, and knobs of the collector that do nothing here.
package debug

import (
	"os"
	"runtime"
)

var gcPercent = 100
var maxStack = 1000000000

func Stack() []byte {
	buf := make([]byte, 1<<16)
	return buf[:runtime.Stack(buf, false)]
}

func PrintStack() { os.Stderr.Write(Stack()) }

func SetGCPercent(percent int) int {
	previous := gcPercent
	gcPercent = percent
	return previous
}

func SetMaxStack(bytes int) int {
	previous := maxStack
	maxStack = bytes
	return previous
}

func SetMaxThreads(threads int) int     { return 10000 }
func SetMemoryLimit(limit int64) int64  { return 1<<63 - 1 }
func SetPanicOnFault(enabled bool) bool { return false }
func SetTraceback(level string)         {}
func FreeOSMemory()                     {}
