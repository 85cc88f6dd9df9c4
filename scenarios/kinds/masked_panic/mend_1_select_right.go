//heddle:want pass

// The sender listens to a channel that says when to stop.
package main

func send(c chan int, done chan struct{}) {
	select {
	case c <- 1:
	case <-done:
	}
}

func main() {
	c, done := make(chan int), make(chan struct{})
	go send(c, done)
	close(done)
}
