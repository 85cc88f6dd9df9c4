//heddle:want panic

// The worker empties the buffer on cancel and leaves, but the sender has not been stopped: what
// it sends afterwards stays in the buffer, accepted and never handled.
// Mechanism: cancel-driven drain while the sender is still sending.
package main

import (
	"context"
	"fmt"
	"sync"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan int, 2)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		jobs <- 1
		jobs <- 2
	}()
	go func() {
		defer wg.Done()
		<-ctx.Done()
		for {
			select {
			case <-jobs:
			default:
				return
			}
		}
	}()
	cancel()
	wg.Wait()
	if n := len(jobs); n > 0 {
		panic(fmt.Sprintf("%d jobs were lost", n))
	}
	fmt.Println("nothing lost")
}
