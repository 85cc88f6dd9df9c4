//heddle:want livelock

// A loop over the ticks of a ticker that nobody stops, and stopping it would not end the loop.
package main

import "time"

func main() {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C {
		}
	}()
}
