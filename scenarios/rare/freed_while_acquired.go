//heddle:want panic

// Rare, depth 3. A reference is taken in two steps, look and count; the last one is given back
// between them.
package main

import "sync/atomic"

func main() {
	var references, freed atomic.Int32
	references.Store(1)
	go func() { // takes a reference and uses it
		steps(12)
		if references.Load() == 0 {
			return
		}
		references.Add(1)
		if freed.Load() != 0 {
			panic("used after it was freed")
		}
	}()
	go func() { // gives the last one back
		if references.Add(-1) == 0 {
			freed.Store(1)
		}
	}()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
