//heddle:want masked-panic

// The send may come after the close, and recover hides it: the value is lost.
package main

func send(c chan int) {
	defer func() { recover() }()
	c <- 1
}

func main() {
	c := make(chan int, 1)
	go send(c)
	close(c)
}
