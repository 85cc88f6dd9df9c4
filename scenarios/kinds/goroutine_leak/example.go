//heddle:want goroutine-leak

// The result is sent to nobody.
package main

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
}
