//heddle:want pass

// A loop that may be in vain gives up after a number of rounds.
package main

import "runtime"

func main() {
	done := make(chan struct{})
	go func() {
		for round := 0; round < 3; round++ {
			select {
			case <-done:
				return
			default:
				runtime.Gosched()
			}
		}
	}()
}
