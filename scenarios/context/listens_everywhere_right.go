//heddle:want pass

// The worker may block in two places, taking a job and handing over a result, and in both it
// also listens to ctx.Done. So a cancel ends it wherever it stands, although nobody takes its
// result here.
// Mechanism: a worker that listens to Done in every blocking select.
package main

import (
	"context"
	"fmt"
)

func worker(ctx context.Context, jobs <-chan int, results chan<- int) error {
	for {
		select {
		case job := <-jobs:
			select {
			case results <- job * job:
			case <-ctx.Done():
				return ctx.Err()
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs, results, ended := make(chan int), make(chan int), make(chan error)
	go func() { ended <- worker(ctx, jobs, results) }()
	jobs <- 7
	cancel()
	fmt.Println("worker:", <-ended)
}
