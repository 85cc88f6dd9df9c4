//heddle:want pass

// The current state hangs on one atomic pointer. A swap replaces the whole of it in one step, so
// a reader sees the old or the new state, never a mixture of both, and takes no lock.
// Mechanism: hot swap of a state machine by an atomic pointer.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type state struct {
	name string
	code int
}

func main() {
	idle, running := &state{"idle", 1}, &state{"running", 2}
	var current atomic.Pointer[state]
	current.Store(idle)

	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s := current.Load()
			if (s.name == "idle") != (s.code == 1) {
				panic("half old, half new")
			}
		}()
	}
	if !current.CompareAndSwap(idle, running) {
		panic("nobody else swaps")
	}
	wg.Wait()
	fmt.Println("state:", current.Load().name)
}
