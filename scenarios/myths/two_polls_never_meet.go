//heddle:want pass

// Myth: with a default in every select nothing ever blocks, and the signal gets through soon.
// Truth: on an unbuffered channel one side has to wait. A worker that polls never waits, so an
// owner that tries to send without waiting never meets it, however often both try.
package main

import "fmt"

func main() {
	const rounds = 3
	stop := make(chan struct{})
	stopped := make(chan bool)
	go func() {
		for i := 0; i < rounds; i++ {
			select {
			case <-stop:
				stopped <- true
				return
			default: // a round of work
			}
		}
		stopped <- false
	}()

	sent := false
	for i := 0; i < rounds && !sent; i++ {
		select {
		case stop <- struct{}{}:
			sent = true
		default: // not now, perhaps later
		}
	}
	if sent || <-stopped {
		panic("two polls met")
	}
	fmt.Println("the signal did not get through in", rounds, "rounds")
}
