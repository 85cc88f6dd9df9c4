//heddle:want deadlock

// Two workers drain the buffer, and each looks at its length before it receives. One job is left,
// both see a length of one, one of them gets the job, the other waits for ever, and main with it.
// Mechanism: cancel-driven drain with two drainers.
package main

import (
	"context"
	"fmt"
	"sync"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan int, 1)
	jobs <- 1
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-ctx.Done()
			for len(jobs) > 0 {
				<-jobs // should be a select with default
			}
		}()
	}
	cancel()
	wg.Wait()
	fmt.Println("drained")
}
