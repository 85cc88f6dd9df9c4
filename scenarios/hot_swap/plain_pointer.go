//heddle:want data-race

// The pointer to the current state is a plain variable, written by one goroutine and read by
// another with nothing between them. Even a single pointer needs an atomic or a lock: without,
// the reader may see the new pointer before what it points to.
// Mechanism: hot swap of a state machine by a plain pointer.
package main

import (
	"fmt"
	"sync"
)

type state struct {
	name string
	code int
}

func main() {
	current := &state{"idle", 1}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		if current.code == 0 {
			panic("state without a code")
		}
	}()
	current = &state{"running", 2}
	wg.Wait()
	fmt.Println("state:", current.name)
}
