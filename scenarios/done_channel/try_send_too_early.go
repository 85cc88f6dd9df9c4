//heddle:want goroutine-leak

// The owner does not want to block, so it sends the stop with a default case. On an unbuffered
// channel that send succeeds only if the listener already stands at its receive; if the owner is
// faster, default is taken, the signal is gone, and the listener waits for ever.
// Mechanism: a try-send on an unbuffered done channel.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	go func() {
		<-done
	}()

	select {
	case done <- struct{}{}:
	default: // "nobody is listening": not yet
	}
	fmt.Println("told to stop")
}
