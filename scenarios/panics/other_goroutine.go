//heddle:want panic

// main has a deferred recover, and still the program dies: a panic runs the deferred calls of
// its own goroutine only, and when none of those recovers it, it ends the whole program.
// Mechanism: a panic in another goroutine cannot be recovered here.
package main

import "fmt"

func main() {
	defer func() {
		fmt.Println("recovered in main:", recover())
	}()
	results := make(chan int, 1)
	divisor := 0
	go func() {
		results <- 1 / divisor
	}()
	<-results
}
