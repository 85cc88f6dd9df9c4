//heddle:want pass

// The lease runs out after 15 ms, the warning comes after 10. One goroutine arms both, the warning
// first: however slow it and others are, the warning has come when the lease runs out.
// Mechanism: timers armed by one goroutine expire in the order of their deadlines.
package main

import "time"

func main() {
	warning := time.NewTimer(10 * time.Millisecond)
	lease := time.NewTimer(15 * time.Millisecond)
	done := make(chan bool)
	go func() {
		defer close(done)
		<-lease.C
		select {
		case <-warning.C:
		default:
			panic("the lease ran out without a warning")
		}
	}()
	<-done
}
