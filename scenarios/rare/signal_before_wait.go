//heddle:want deadlock

// Rare, depth 2. A signal is given after much work, and lost when the waiter comes later still.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	go func() {
		steps(12)
		ready.Signal()
	}()
	mu.Lock()
	ready.Wait() // no condition is looked at first
	mu.Unlock()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
