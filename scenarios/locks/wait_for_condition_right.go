//heddle:want pass

// The event leaves a trace, a variable under the same mutex, and the waiter looks at it before
// every Wait. If the event came first, it does not wait at all.
// Mechanism: a condition variable with its condition.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	happened := false
	go func() {
		mu.Lock()
		defer mu.Unlock()
		happened = true
		cond.Signal()
	}()

	mu.Lock()
	for !happened {
		cond.Wait()
	}
	mu.Unlock()
	fmt.Println("signalled")
}
