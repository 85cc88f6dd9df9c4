//heddle:want pass

// With room for one token the try-send always succeeds: the token stays in the channel until
// the listener comes for it, however late that is.
// Mechanism: a try-send on a done channel of capacity one, for one listener.
package main

import "fmt"

func main() {
	done := make(chan struct{}, 1)
	ended := make(chan bool)
	go func() {
		<-done
		ended <- true
	}()

	select {
	case done <- struct{}{}:
	default:
		panic("no room for the only token")
	}
	fmt.Println("listener ended:", <-ended)
}
