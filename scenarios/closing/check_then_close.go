//heddle:want double-close

// Both closers first look whether the channel is closed already. Looking and closing are two
// steps: when both look before either closes, both close, and the second one panics.
// Mechanism: two closers of one channel.
package main

import "fmt"

func stop(quit chan struct{}) {
	select {
	case <-quit: // closed already
	default:
		close(quit)
	}
}

func main() {
	quit := make(chan struct{})
	go stop(quit)
	stop(quit)
	<-quit
	fmt.Println("stopped")
}
