//heddle:want pass

// The writer fills in the data, then stores true into an atomic.Bool; the reader polls the flag
// and then reads the data. The store happens before a load that sees it, so everything written
// before the store is visible after that load, without any lock.
// Mechanism: a soft interrupt switch as an atomic.Bool, with data handed over by it.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var reason string
	var interrupted atomic.Bool
	go func() {
		reason = "disk full"
		interrupted.Store(true)
	}()

	for !interrupted.Load() {
		// a round of work
	}
	fmt.Println("interrupted:", reason)
}
