//heddle:want pass

// The result channel has room for the one answer. If the caller has given up, by the timeout or
// because its context was cancelled, the late answer goes into the buffer and the goroutine ends.
// Mechanism: time.After and ctx.Done as timeouts, with a buffered result channel.
package main

import (
	"context"
	"fmt"
	"time"
)

func fetch(ctx context.Context) string {
	results := make(chan string, 1)
	go func() {
		time.Sleep(40 * time.Millisecond)
		results <- "answer"
	}()
	select {
	case r := <-results:
		return r
	case <-ctx.Done():
		return "gave up"
	case <-time.After(5 * time.Millisecond):
		return "gave up"
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	fmt.Println(fetch(ctx))
}
