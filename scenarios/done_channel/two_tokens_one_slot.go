//heddle:want goroutine-leak

// Two listeners, two tokens, but room for only one: when nobody has taken the first token before
// the second try-send, the second is dropped, and one listener waits for ever. If a listener is
// quick, both tokens arrive; that is why this looks right in tests.
// Mechanism: tokens that merge in a done channel of capacity one.
package main

import "fmt"

func main() {
	done := make(chan struct{}, 1)
	for i := 0; i < 2; i++ {
		go func() {
			<-done
		}()
	}

	for i := 0; i < 2; i++ {
		select {
		case done <- struct{}{}:
		default: // full: the token is lost
		}
	}
	fmt.Println("told two listeners to stop")
}
