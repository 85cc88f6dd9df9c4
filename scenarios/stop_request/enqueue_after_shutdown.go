//heddle:want panic

// The producer looks at stop and then enqueues: two steps. The consumer can drain the queue and
// leave between them. The item then lies in the queue, accepted and never handled.
// Mechanism: a producer enqueues after the shutdown of the only consumer.
package main

import (
	"fmt"
	"sync"
)

func main() {
	queue, stop := make(chan string, 1), make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { // producer
		defer wg.Done()
		select {
		case <-stop:
			return // refused
		default:
			queue <- "item"
		}
	}()
	go func() { // consumer
		defer wg.Done()
		<-stop
		for {
			select {
			case <-queue:
			default:
				return // drained
			}
		}
	}()

	close(stop)
	wg.Wait()
	if len(queue) > 0 {
		panic("an accepted item was never handled")
	}
	fmt.Println("nothing lost")
}
