//heddle:want pass

// Each worker takes exactly one stop token and then no more, so as many tokens as workers stop
// the whole pool. Jobs are handed over before the first token, so none is lost.
// Mechanism: pool shutdown with one token per worker, then a WaitGroup join.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	const workers = 2
	jobs, stop := make(chan int32), make(chan struct{})
	var sum atomic.Int32
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				select {
				case job := <-jobs:
					sum.Add(job)
				case <-stop:
					return
				}
			}
		}()
	}

	jobs <- 1
	jobs <- 2
	for i := 0; i < workers; i++ {
		stop <- struct{}{}
	}
	wg.Wait()
	fmt.Println("sum:", sum.Load())
}
