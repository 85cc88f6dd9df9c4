//heddle:want pass

// A channel with room for two is a semaphore: a send takes one of two places, a deferred receive
// gives it back. Three workers, and never more than two at work at the same time.
// Mechanism: concurrency limit by a buffered channel.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	const limit = 2
	places := make(chan struct{}, limit)
	var working atomic.Int32
	var wg sync.WaitGroup
	for i := 0; i < limit+1; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			places <- struct{}{}
			defer func() { <-places }()
			if working.Add(1) > limit {
				panic("more workers than places")
			}
			working.Add(-1)
		}()
	}
	wg.Wait()
	fmt.Println("working at the end:", working.Load())
}
