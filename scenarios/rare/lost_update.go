//heddle:want panic

// Rare, depth 2. An update is lost when the other one comes between its load and its store, and
// that one comes late.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var balance atomic.Int32
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		steps(12)
		balance.Add(10)
	}()
	go func() {
		defer wg.Done()
		b := balance.Load()
		balance.Store(b + 1)
	}()
	wg.Wait()
	if balance.Load() != 11 {
		panic("an update was lost")
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
