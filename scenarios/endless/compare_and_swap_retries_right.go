//heddle:want pass

// A retry means that somebody else has succeeded: there are only so many of them.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var n atomic.Int32
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				old := n.Load()
				if n.CompareAndSwap(old, old+1) {
					return
				}
			}
		}()
	}
	wg.Wait()
}
