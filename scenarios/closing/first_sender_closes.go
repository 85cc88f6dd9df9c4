//heddle:want send-on-closed

// Two senders share a channel, and the first one closes it when it has finished, as if it were
// alone. If the other one has not sent by then, or stands in its send, it panics.
// Mechanism: a send after another sender's close.
package main

import "fmt"

func main() {
	out := make(chan string)
	go func() {
		defer close(out) // not the only sender
		out <- "from the first"
	}()
	go func() {
		out <- "from the second"
	}()

	n := 0
	for range out {
		n++
	}
	fmt.Println("values:", n)
}
