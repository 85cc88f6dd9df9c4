//heddle:want goroutine-leak

// A send is no broadcast: exactly one of the two listeners receives the value and ends. The
// other one, whichever it is, waits for ever.
// Mechanism: one send on done where a close was meant.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	for i := 0; i < 2; i++ {
		go func() {
			<-done
		}()
	}

	done <- struct{}{} // should be close(done)
	fmt.Println("told to stop")
}
