//heddle:want panic

// Rare, depth 2. A dispatcher looks for its handler after a long start; registration, one step,
// is nearly always done by then.
package main

import "sync/atomic"

func main() {
	var handler atomic.Pointer[func()]
	go func() { // the dispatcher
		steps(12)
		if handler.Load() == nil {
			panic("no handler")
		}
	}()
	go func() {
		h := func() {}
		handler.Store(&h)
	}()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
