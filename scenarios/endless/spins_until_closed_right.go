//heddle:want pass

// A poll with default and Gosched: it ends when the channel is closed.
package main

import "runtime"

func main() {
	done := make(chan struct{})
	go close(done)
	for {
		select {
		case <-done:
			return
		default:
			runtime.Gosched()
		}
	}
}
