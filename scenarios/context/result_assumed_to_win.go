//heddle:want panic

// The result was sent before the cancel, so the author believes that select must take it. But
// when select looks, both cases are ready, and it takes any of them.
// Mechanism: cancel against completion, in code that assumes one of the two.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	results := make(chan int, 1)
	go func() {
		results <- 42
		cancel()
	}()

	select {
	case r := <-results:
		fmt.Println("result:", r)
	case <-ctx.Done():
		panic("cancelled, although the result was there first")
	}
}
