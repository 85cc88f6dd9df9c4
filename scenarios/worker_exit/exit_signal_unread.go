//heddle:want goroutine-leak

// The worker sees the cancel and wants to say that it leaves, by a send on an unbuffered channel.
// Nobody reads it: the worker obeyed the cancel and then got stuck on its way out.
// Mechanism: a worker's exit signal, sent instead of closed, that nobody reads.
package main

import (
	"context"
	"fmt"
)

func worker(ctx context.Context, jobs <-chan int, exited chan<- bool) {
	for {
		select {
		case <-jobs:
		case <-ctx.Done():
			exited <- true // should be close(exited)
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs, exited := make(chan int), make(chan bool)
	go worker(ctx, jobs, exited)
	jobs <- 1
	cancel()
	fmt.Println("cancelled")
}
