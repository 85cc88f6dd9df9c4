//heddle:want pass

// Several producers may ask the consumer to stop. Each counts its request with one atomic
// addition; the addition that gives 1 was the first, and only it closes the channel. No request
// is missed, none closes twice.
// Mechanism: many producers ask one consumer to stop, an atomic counter picks the first.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var requests atomic.Int32
	stop := make(chan struct{})
	var producers sync.WaitGroup
	for i := 0; i < 3; i++ {
		producers.Add(1)
		go func() {
			defer producers.Done()
			if requests.Add(1) == 1 {
				close(stop)
			}
		}()
	}

	<-stop
	producers.Wait()
	fmt.Println("stop requests:", requests.Load())
}
