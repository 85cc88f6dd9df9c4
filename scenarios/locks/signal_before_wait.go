//heddle:want deadlock

// The waiter does not look whether the event has already come before it waits. A Signal wakes
// who waits at that moment and leaves no trace: if it comes first, the waiter waits for ever.
// Mechanism: a condition variable without a condition.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		defer mu.Unlock()
		cond.Signal()
	}()

	mu.Lock()
	cond.Wait()
	mu.Unlock()
	fmt.Println("signalled")
}
