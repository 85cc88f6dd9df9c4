//heddle:want pass

// Never close the data channel: a second channel says that nobody listens any more.
package main

func main() {
	c, done := make(chan int), make(chan struct{})
	go func() {
		select {
		case c <- 1:
		case <-done:
		}
	}()
	close(done)
}
