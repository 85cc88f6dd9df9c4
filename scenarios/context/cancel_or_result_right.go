//heddle:want pass

// The result and the cancel may come at the same time, and then select takes either. This code
// accepts both: with a result in hand it is used, else the error is reported. The result channel
// has room, so the worker ends in both cases.
// Mechanism: cancel against completion.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	results := make(chan int, 1)
	go func() { results <- 42 }()
	go cancel()

	select {
	case r := <-results:
		fmt.Println("result or cancel, either is right:", r == 42)
	case <-ctx.Done():
		fmt.Println("result or cancel, either is right:", ctx.Err() == context.Canceled)
	}
}
