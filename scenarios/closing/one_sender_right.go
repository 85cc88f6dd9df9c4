//heddle:want pass

// The one goroutine that sends is also the one that closes, after its last send. The receiver's
// range gets every value and then ends.
// Mechanism: who closes a channel: its only sender.
package main

import "fmt"

func count(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; i <= n; i++ {
			out <- i
		}
	}()
	return out
}

func main() {
	sum := 0
	for i := range count(3) {
		sum += i
	}
	fmt.Println("sum:", sum)
}
