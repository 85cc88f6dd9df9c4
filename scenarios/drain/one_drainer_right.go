//heddle:want pass

// On cancel the worker empties the buffer before it returns. It is the only receiver and nobody
// sends any more, so "empty" stays true, and every job that was accepted is handled.
// Mechanism: cancel-driven drain with one drainer.
package main

import (
	"context"
	"fmt"
)

func worker(ctx context.Context, jobs <-chan int) (handled int) {
	for {
		select {
		case <-jobs:
			handled++
		case <-ctx.Done():
			for {
				select {
				case <-jobs:
					handled++
				default:
					return handled
				}
			}
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs, handled := make(chan int, 2), make(chan int)
	go func() { handled <- worker(ctx, jobs) }()
	jobs <- 1
	jobs <- 2
	cancel()
	fmt.Println("handled:", <-handled)
}
