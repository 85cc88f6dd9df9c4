//heddle:want pass

// Somebody receives it.
package main

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	<-c
}
