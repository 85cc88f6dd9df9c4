//heddle:want send-on-closed

// The receiver has what it wants and closes the channel to stop the sender. Go lets it; it is the
// sender that pays: its next send, or the one it already waits in, panics.
// Mechanism: the receiver closes the channel.
package main

import "fmt"

func main() {
	numbers := make(chan int)
	go func() {
		for i := 0; i < 2; i++ {
			numbers <- i
		}
	}()

	fmt.Println("first number:", <-numbers)
	close(numbers) // a receiver asks the sender to stop instead, by a done channel
}
