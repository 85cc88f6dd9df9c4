//heddle:want deadlock

// The pool has two workers, the shutdown sends one token. One worker takes it and ends, the
// other goes on waiting, and main waits for that one in Wait: nobody can move.
// Mechanism: pool shutdown with too few tokens, then a WaitGroup join.
package main

import (
	"fmt"
	"sync"
)

func main() {
	stop := make(chan struct{}, 1)
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-stop
		}()
	}

	stop <- struct{}{}
	wg.Wait()
	fmt.Println("pool stopped")
}
