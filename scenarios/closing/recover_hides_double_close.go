//heddle:want masked-panic

// A "safe" close recovers from whatever close panics with. The program goes on, but the bug is
// still there: two places believe that they own the channel, and nothing tells anybody.
// Mechanism: recover around close.
package main

import "fmt"

func safeClose(quit chan struct{}) {
	defer func() { recover() }()
	close(quit)
}

func main() {
	quit := make(chan struct{})
	go safeClose(quit)
	safeClose(quit)
	<-quit
	fmt.Println("stopped")
}
