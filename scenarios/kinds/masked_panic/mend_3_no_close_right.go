//heddle:want pass

// A channel need not be closed: who has room for the values needs no sign of their end.
package main

func main() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
	<-c
}
