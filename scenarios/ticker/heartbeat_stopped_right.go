//heddle:want pass

//heddle:time ideal

// A heartbeat loops over a ticker and a done channel. The close of done ends the loop, a deferred
// Stop ends the ticker, and the WaitGroup tells main when both are over. At 25 ms two beats of
// 10 ms have been counted. (Meant for exact time: a slow machine may count fewer.)
// Mechanism: WaitGroup, done channel and ticker together.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	done := make(chan struct{})
	beats := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		ticker := time.NewTicker(10 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				beats++
			case <-done:
				return
			}
		}
	}()

	time.Sleep(25 * time.Millisecond)
	close(done)
	wg.Wait()
	fmt.Println("beats:", beats)
}
