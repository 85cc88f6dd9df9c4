//heddle:want pass

// Whoever holds only the cancel function was not told to stop, and this one ends.
package main

import "context"

func main() {
	_, cancel := context.WithCancel(context.Background())
	done := make(chan int)
	go func() {
		cancel()
		done <- 1
	}()
	<-done
}
