//heddle:want goroutine-leak
//heddle:time ideal

// classes: 5
// Formula: n + 1. A writer announces itself before, between or after n nested read locks; between
// them both wait for ever.
package main

import "sync"

const n = 4

func main() {
	var mu sync.RWMutex
	go func() {
		for i := 0; i < n; i++ {
			mu.RLock()
		}
		for i := 0; i < n; i++ {
			mu.RUnlock()
		}
	}()
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
}
