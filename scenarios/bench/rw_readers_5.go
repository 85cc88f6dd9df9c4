//heddle:want pass
//heddle:time ideal

// classes: 32
// Formula: 2^n. n readers and one writer of a RWMutex: each reader comes before or after the
// writer.
package main

import "sync"

const n = 5

func main() {
	var mu sync.RWMutex
	for i := 0; i < n; i++ {
		go func() {
			mu.RLock()
			mu.RUnlock()
		}()
	}
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
}
