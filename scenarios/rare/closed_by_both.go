//heddle:want double-close

// Rare, depth 2. Two closers, a flag that is read and then set, and a long way for one of them.
package main

import "sync/atomic"

func main() {
	done := make(chan bool)
	var closed atomic.Bool
	stop := func() {
		if !closed.Load() {
			closed.Store(true)
			close(done)
		}
	}
	go func() {
		steps(12)
		stop()
	}()
	go stop()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
