//heddle:want lost-cancel

// The worker takes a context, but its loop is a plain range over the jobs. The caller believes
// that cancel ends it and so never closes jobs: the worker waits for the next job for ever.
// Mechanism: a worker that ignores its context.
package main

import (
	"context"
	"fmt"
)

func worker(ctx context.Context, jobs <-chan int, sum *int) {
	for job := range jobs {
		*sum += job
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan int)
	sum := 0
	go worker(ctx, jobs, &sum)
	jobs <- 7
	cancel()
	fmt.Println("cancelled")
}
