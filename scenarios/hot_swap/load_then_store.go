//heddle:want panic

// Each updater loads the state, builds its successor and stores it. Every single step is atomic,
// the three together are not: when both load before either stores, the second store wipes out
// the first update.
// Mechanism: hot swap by load and store instead of compare-and-swap.
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
			old := current.Load()
			current.Store(&state{version: old.version + 1})
		}()
	}
	wg.Wait()
	if current.Load().version != 3 {
		panic("an update was lost")
	}
	fmt.Println("version:", current.Load().version)
}
