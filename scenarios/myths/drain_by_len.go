//heddle:want goroutine-leak

// Myth: "for len(ch) > 0 { <-ch }" drains a channel safely.
// Truth: between the look at the length and the receive, another drainer may take the value. Then
// the channel is empty, as wanted, but one of the two waits in its receive for ever.
package main

import "fmt"

func drain(ch chan int, empty chan<- bool) {
	for len(ch) > 0 {
		<-ch
	}
	empty <- true
}

func main() {
	ch, empty := make(chan int, 1), make(chan bool, 2)
	ch <- 1
	go drain(ch, empty)
	go drain(ch, empty)
	<-empty // at least one of them gets through
	if len(ch) != 0 {
		panic("not drained")
	}
	fmt.Println("drained")
}
