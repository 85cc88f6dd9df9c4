//heddle:want send-on-closed

// The receiver closes while the sender may still send.
package main

func main() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
	close(c)
}
