//heddle:want lost-cancel

// The send waits outside of any select, so the cancel is never seen.
package main

import "context"

func worker(ctx context.Context, out chan<- int) {
	out <- 1
	<-ctx.Done()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go worker(ctx, make(chan int))
	cancel()
}
