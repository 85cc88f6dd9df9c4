//heddle:want pass

// The goroutine reports to the test, and the test logs.
package main

import "testing"

func TestLog(t *testing.T) {
	lines := make(chan string, 1)
	go func() { lines <- "working" }()
	t.Log(<-lines)
}
