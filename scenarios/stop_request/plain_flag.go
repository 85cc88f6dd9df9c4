//heddle:want data-race

// The first request sets a flag, but the flag is a plain bool. Nothing orders the producers'
// accesses, so one may read it while the other writes it: a data race, whose outcome Go does not
// define.
// Mechanism: many producers ask one consumer to stop, with a bool instead of an atomic.
package main

import (
	"fmt"
	"sync"
)

func main() {
	stopping := false
	var producers sync.WaitGroup
	for i := 0; i < 2; i++ {
		producers.Add(1)
		go func() {
			defer producers.Done()
			if !stopping {
				stopping = true
			}
		}()
	}

	producers.Wait()
	fmt.Println("stopping:", stopping)
}
