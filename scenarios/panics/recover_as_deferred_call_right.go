//heddle:want pass

// The helper that calls recover is the deferred call itself, so its recover works. The deferred
// close below it on the stack runs afterwards, and the waiter is told.
// Mechanism: recover called directly by the deferred function.
package main

import "fmt"

func handlePanic(message *string) {
	if p := recover(); p != nil {
		*message = fmt.Sprint("recovered: ", p)
	}
}

func main() {
	done := make(chan struct{})
	var message string
	go func() {
		defer close(done)
		defer handlePanic(&message)
		panic("worker failed")
	}()
	<-done
	fmt.Println(message)
}
