//heddle:want pass

// Who asked for the value takes it, or keeps somebody who does, until the worker has ended.
package main

import "context"

func worker(ctx context.Context, out chan<- int) {
	out <- 1
	<-ctx.Done()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	out := make(chan int)
	go worker(ctx, out)
	<-out
	cancel()
}
