//heddle:want deadlock

// Main waits for a value that nobody sends.
package main

func main() {
	c := make(chan int)
	<-c
}
