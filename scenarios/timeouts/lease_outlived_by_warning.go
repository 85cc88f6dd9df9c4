//heddle:want panic

// The lease runs out after 15 ms, the warning is to come after 10. The keeper arms the warning and
// sees that the lease is still good; so, it believes, the warning comes first. Not if it was slow:
// armed 7 ms late, the warning comes after the end of the lease. No timer has expired until then:
// what matters is time that passes while goroutines run.
// Mechanism: timers armed by two goroutines, compared by their durations alone.
package main

import "time"

func main() {
	lease := time.NewTimer(15 * time.Millisecond)
	done := make(chan bool)
	go func() {
		defer close(done)
		warning := time.NewTimer(10 * time.Millisecond)
		select {
		case <-lease.C:
			return // too late to warn
		default: // the lease is good
		}
		<-lease.C
		select {
		case <-warning.C:
		default:
			panic("the lease ran out without a warning")
		}
	}()
	<-done
}
