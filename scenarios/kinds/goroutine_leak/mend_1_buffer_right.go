//heddle:want pass

// Room for the value: the send never waits.
package main

func main() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
}
