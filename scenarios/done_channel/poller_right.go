//heddle:want pass

// A worker polls a done channel in a select with default; the owner closes the channel and
// waits until the worker says that it has cleaned up. A closed channel stays ready for ever, so
// the worker sees the stop in its next round, wherever it stood at the moment of the close.
// Mechanism: a worker polls a done channel, its owner closes it.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	finished := make(chan string)
	go func() {
		for {
			select {
			case <-done:
				finished <- "cleaned up"
				return
			default: // a round of work
			}
		}
	}()

	close(done)
	fmt.Println("worker:", <-finished)
}
