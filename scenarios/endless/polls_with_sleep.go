//heddle:want livelock

// A poller that nobody stops after main has returned: it sleeps, but it never ends.
package main

import (
	"sync/atomic"
	"time"
)

func main() {
	var stop atomic.Bool
	go func() {
		for !stop.Load() {
			time.Sleep(time.Second)
		}
	}()
}
