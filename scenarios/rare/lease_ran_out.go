//heddle:want panic

// Rare, depth 3. A leader looks at its lease, then writes; between the two another leader is
// elected and writes first.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var leader, written atomic.Int32
	leader.Store(1)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { // the old leader
		defer wg.Done()
		if leader.Load() == 1 {
			written.Store(1)
		}
	}()
	go func() { // the new one, after an election
		defer wg.Done()
		steps(10)
		leader.Store(2)
		written.Store(2)
	}()
	wg.Wait()
	if written.Load() != 2 {
		panic("the old leader wrote last")
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
