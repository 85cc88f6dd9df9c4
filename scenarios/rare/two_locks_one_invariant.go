//heddle:want panic

// Rare, depth 3. A sum that holds only under both locks is checked under one after the other.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var muFrom, muTo sync.Mutex
	from, to := 1, 0
	go func() { // the auditor
		steps(8)
		muFrom.Lock()
		f := from
		muFrom.Unlock()
		muTo.Lock()
		t := to
		muTo.Unlock()
		if f+t != 1 {
			panic("money was made")
		}
	}()
	go func() { // a transfer, which holds each lock only as long as it needs to
		muFrom.Lock()
		muTo.Lock()
		from--
		to++
		muFrom.Unlock()
		muTo.Unlock()
	}()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
