//heddle:want deadlock

// Rare, depth 3. The condition changes and the broadcast is given between the look at it and the
// wait, for neither takes the lock.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var mu sync.Mutex
	var ready atomic.Bool
	changed := sync.NewCond(&mu)
	go func() {
		steps(12)
		ready.Store(true)
		changed.Broadcast()
	}()
	mu.Lock()
	for !ready.Load() {
		changed.Wait()
	}
	mu.Unlock()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
