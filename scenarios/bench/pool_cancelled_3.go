//heddle:want pass
//heddle:time ideal

// classes: 18
// Formula: 2 * 3^(n-1). Two workers share n jobs; their results go into a buffer, and a context
// that is cancelled at the end tells them to stop.
package main

import (
	"context"
	"sync"
)

const jobs = 3

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	job, result := make(chan int), make(chan int, jobs)
	var wg sync.WaitGroup
	for w := 0; w < 2; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				select {
				case j := <-job:
					result <- j
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	for i := 0; i < jobs; i++ {
		job <- i
	}
	cancel()
	wg.Wait()
}
