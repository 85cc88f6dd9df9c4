//heddle:want panic

// Rare, depth 3. A flush saves the old value and clears the flag of the new one: the write fell
// between its two steps.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var value, dirty, saved atomic.Int32
	var wg sync.WaitGroup
	wg.Add(2)
	flush := func() {
		saved.Store(value.Load())
		dirty.Store(0)
	}
	go func() {
		defer wg.Done()
		steps(10)
		flush()
	}()
	go func() {
		defer wg.Done()
		value.Store(1)
		dirty.Store(1)
	}()
	wg.Wait()
	if dirty.Load() == 0 && saved.Load() != value.Load() {
		panic("a write that is never saved")
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
