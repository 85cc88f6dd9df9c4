//heddle:want panic

// Rare, depth 3. A circuit breaker in its half-open state lets two probes pass: looking and
// leaving the state are two steps.
package main

import "sync/atomic"

const (
	halfOpen = iota
	probing
)

func main() {
	var state, probes atomic.Int32
	call := func() {
		if state.Load() != halfOpen {
			return
		}
		state.Store(probing)
		if probes.Add(1) > 1 {
			panic("two probes at a time")
		}
		probes.Add(-1)
		state.Store(halfOpen)
	}
	go func() {
		steps(12)
		call()
	}()
	go call()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
