//heddle:want send-on-closed

// Myth: a receiver cannot close a channel: it does not compile, or the close panics.
// Truth: only the close of a receive-only channel type does not compile. This close compiles and
// works; the panic comes later, in the sender, which did nothing wrong.
package main

import "fmt"

func receiveOne(ch chan int) {
	<-ch
	defer func() {
		if recover() != nil {
			panic("the receiver's close panicked")
		}
	}()
	close(ch)
}

func main() {
	ch, sent := make(chan int), make(chan int)
	go func() {
		ch <- 1
		ch <- 2 // panics
		sent <- 2
	}()
	receiveOne(ch)
	fmt.Println("values sent:", <-sent)
}
