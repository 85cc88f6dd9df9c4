//heddle:want send-on-closed

// Rare, depth 2. A late report meets the close of a collector that had much to do first.
package main

import "sync/atomic"

func main() {
	reports := make(chan string, 1)
	go func() { // the collector
		steps(12)
		close(reports)
	}()
	go func() { reports <- "late" }()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
