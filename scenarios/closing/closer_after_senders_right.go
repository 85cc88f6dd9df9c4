//heddle:want pass

// With several senders none of them can know that it is the last. A WaitGroup counts them, and
// one more goroutine closes the channel when all are done.
// Mechanism: who closes a channel with several senders: a closer behind a WaitGroup.
package main

import (
	"fmt"
	"sync"
)

func main() {
	out := make(chan int)
	var senders sync.WaitGroup
	for i := 1; i <= 2; i++ {
		senders.Add(1)
		go func(i int) {
			defer senders.Done()
			out <- i
		}(i)
	}
	go func() {
		senders.Wait()
		close(out)
	}()

	sum := 0
	for i := range out {
		sum += i
	}
	fmt.Println("sum:", sum)
}
