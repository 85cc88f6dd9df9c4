// SPDX-License-Identifier: Apache-2.0

// What generated programs and both harnesses share: the meaning of what is noted.
package main

import "fmt"

const ended, closed = -100, -1

// codeOf numbers the panics that generated programs can have.
func codeOf(e interface{}) int {
	switch fmt.Sprint(e) {
	case "close of closed channel":
		return -11
	case "send on closed channel":
		return -12
	case "close of nil channel":
		return -13
	case "sync: negative WaitGroup counter":
		return -14
	}
	return -19
}

// received is what a receive is noted as.
func received(value int, ok bool) int {
	if !ok {
		return closed
	}
	return value
}

// cancelled is what the error of a context is noted as.
func cancelled(err error) int {
	if err != nil {
		return 1
	}
	return 0
}
