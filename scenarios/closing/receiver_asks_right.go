//heddle:want pass

// A receiver that has enough closes a done channel of its own, and the sender listens to it in
// every send. The data channel is closed by the sender alone.
// Mechanism: the receiver asks the sender to stop.
package main

import "fmt"

func main() {
	numbers, enough := make(chan int), make(chan struct{})
	go func() {
		defer close(numbers)
		for i := 0; ; i++ {
			select {
			case numbers <- i:
			case <-enough:
				return
			}
		}
	}()

	fmt.Println("first number:", <-numbers)
	close(enough)
}
