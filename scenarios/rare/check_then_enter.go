//heddle:want panic

// Rare, depth 3. A lock made of two flags: both look first and raise their own afterwards.
package main

import "sync/atomic"

func main() {
	var a, b, inside atomic.Int32
	enter := func(own, other *atomic.Int32) {
		if other.Load() != 0 {
			return
		}
		own.Store(1)
		if inside.Add(1) != 1 {
			panic("two of them inside")
		}
		inside.Add(-1)
		own.Store(0)
	}
	go func() {
		steps(12)
		enter(&a, &b)
	}()
	go enter(&b, &a)
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
