//heddle:want panic

// Rare, depth 2. A compare-and-swap succeeds although the stack under it was taken apart and its
// top put back.
package main

import (
	"sync"
	"sync/atomic"
)

type node struct {
	next  *node
	freed atomic.Bool
}

func main() {
	b := &node{}
	a := &node{next: b}
	var top atomic.Pointer[node]
	top.Store(a)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { // pops one
		defer wg.Done()
		head := top.Load()
		if head == nil {
			return
		}
		next := head.next
		top.CompareAndSwap(head, next)
	}()
	go func() { // pops both, frees b, pushes a again
		defer wg.Done()
		steps(10)
		if !top.CompareAndSwap(a, b) || !top.CompareAndSwap(b, nil) {
			return
		}
		b.freed.Store(true)
		top.CompareAndSwap(nil, a)
	}()
	wg.Wait()
	if n := top.Load(); n != nil && n.freed.Load() {
		panic("the top of the stack was freed")
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
