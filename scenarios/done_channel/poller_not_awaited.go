//heddle:want panic

// The owner closes done and goes on as if the worker had already reacted. It only has when the
// worker happens to run between the close and the check: close tells, it does not wait.
// Mechanism: a worker polls a done channel, and main does not wait for its cleanup.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	done := make(chan struct{})
	var cleaned atomic.Bool
	go func() {
		for {
			select {
			case <-done:
				cleaned.Store(true)
				return
			default: // a round of work
			}
		}
	}()

	close(done)
	if !cleaned.Load() {
		panic("main went on before the worker had cleaned up")
	}
	fmt.Println("cleaned up")
}
