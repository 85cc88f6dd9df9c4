//heddle:want data-race

// Two components register their exit hooks at the same time, by a plain append to one slice.
// Both read the old slice and write the new one: a data race, and one hook may be lost.
// Mechanism: exit hooks registered without a lock.
package main

import (
	"fmt"
	"sync"
)

type hooks struct {
	list []func()
}

func (h *hooks) register(hook func()) {
	h.list = append(h.list, hook)
}

func main() {
	var h hooks
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			h.register(func() {})
		}()
	}
	wg.Wait()
	fmt.Println("registered")
}
