//heddle:want pass

// The cancel goes to the sender. It stops and closes the channel, and the worker drains until
// that close: only then it is certain that nothing more will come.
// Mechanism: cancel-driven drain that ends with the sender's close.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs, sent := make(chan int, 1), make(chan int, 1)
	go func() {
		defer close(jobs)
		n := 0
		defer func() { sent <- n }()
		for n < 2 {
			select {
			case jobs <- n:
				n++
			case <-ctx.Done():
				return
			}
		}
	}()
	go cancel()

	handled := 0
	for range jobs {
		handled++
	}
	if handled != <-sent {
		panic("jobs were lost")
	}
	fmt.Println("nothing lost")
}
