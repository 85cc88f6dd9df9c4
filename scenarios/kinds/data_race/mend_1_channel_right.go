//heddle:want pass

// Send the value.
package main

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	_ = <-c
}
