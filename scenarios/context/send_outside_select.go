//heddle:want lost-cancel

// The worker listens to ctx.Done while it waits for a job, but not while it hands over the
// result. The caller has lost interest and cancels; the worker stands in its send and never
// learns of it.
// Mechanism: a worker that blocks in a send outside the select with Done.
package main

import (
	"context"
	"fmt"
)

func worker(ctx context.Context, jobs <-chan int, results chan<- int) {
	for {
		select {
		case job := <-jobs:
			results <- job * job // should be a select with ctx.Done, too
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs, results := make(chan int), make(chan int)
	go worker(ctx, jobs, results)
	jobs <- 7
	cancel()
	fmt.Println("cancelled, not waiting for the result")
}
