//heddle:want pass

// An updater only swaps if the state is still the one it started from, else it starts again
// from the newer one. So no update is ever built on an outdated state, and none is lost.
// Mechanism: hot swap of a state machine by compare-and-swap.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type state struct{ version int }

func main() {
	var current atomic.Pointer[state]
	current.Store(&state{version: 1})

	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				old := current.Load()
				if current.CompareAndSwap(old, &state{version: old.version + 1}) {
					return
				}
			}
		}()
	}
	wg.Wait()
	if current.Load().version != 3 {
		panic("an update was lost")
	}
	fmt.Println("version:", current.Load().version)
}
