//heddle:want pass

// Every wait is a select that listens to Done too.
package main

import "context"

func worker(ctx context.Context, out chan<- int) {
	select {
	case out <- 1:
	case <-ctx.Done():
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go worker(ctx, make(chan int))
	cancel()
}
