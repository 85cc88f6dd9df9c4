//heddle:want panic

// recover only works when the deferred function itself calls it. Here the deferred function
// calls a helper, and the helper calls recover: it gets nil, and the panic goes on.
// Mechanism: recover in a nested call.
package main

import "fmt"

func handlePanic() {
	if p := recover(); p != nil {
		fmt.Println("recovered:", p)
	}
}

func main() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			handlePanic() // should be: defer handlePanic()
		}()
		panic("worker failed")
	}()
	<-done
}
