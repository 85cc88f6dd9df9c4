//heddle:want pass

// Room for the one value that is ever sent: then the send cannot wait.
package main

import "context"

func worker(ctx context.Context, out chan<- int) {
	out <- 1
	<-ctx.Done()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go worker(ctx, make(chan int, 1))
	cancel()
}
