//heddle:want pass

// The channel is closed after the sender has returned.
package main

func main() {
	c, sent := make(chan int, 1), make(chan struct{})
	go func() {
		c <- 1
		close(sent)
	}()
	<-sent
	close(c)
}
