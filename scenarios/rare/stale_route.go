//heddle:want panic

// Rare, depth 2. A router swaps its table by load and store; a change made between the two is
// lost.
package main

import (
	"sync"
	"sync/atomic"
)

type table struct{ a, b bool }

func main() {
	var routes atomic.Pointer[table]
	routes.Store(&table{})
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		steps(12)
		old := *routes.Load()
		old.a = true
		routes.Store(&old)
	}()
	go func() {
		defer wg.Done()
		old := *routes.Load()
		old.b = true
		routes.Store(&old)
	}()
	wg.Wait()
	if t := routes.Load(); !t.a || !t.b {
		panic("a route was lost")
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
