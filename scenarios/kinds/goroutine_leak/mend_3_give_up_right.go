//heddle:want pass

// The sender may give up.
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
