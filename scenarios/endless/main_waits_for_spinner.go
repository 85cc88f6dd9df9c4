//heddle:want deadlock,livelock

// The worker polls a flag that nobody sets, and main waits for the worker.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var stop atomic.Bool
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for !stop.Load() {
		}
	}()
	wg.Wait()
}
