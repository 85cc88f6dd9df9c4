//heddle:want lost-cancel

// Rare, depth 3. The cancel comes between the last look at the context and the send of the
// result.
package main

import (
	"context"
	"sync/atomic"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	results := make(chan int)
	go func() {
		steps(12)
		if ctx.Err() == nil {
			results <- 1
		}
	}()
	go cancel()
	select {
	case <-results:
	case <-ctx.Done():
	}
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
