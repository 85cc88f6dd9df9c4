//heddle:want pass

// It looks between two pieces of work: late, but it ends.
package main

import "context"

func worker(ctx context.Context, jobs chan int) {
	for range jobs {
		if ctx.Err() != nil {
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan int, 2)
	jobs <- 1
	jobs <- 2
	cancel()
	go worker(ctx, jobs)
	close(jobs)
}
