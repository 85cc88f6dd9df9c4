//heddle:want mutex-misuse

// A read lock is given back as a write lock.
package main

import "sync"

func main() {
	var mu sync.RWMutex
	mu.RLock()
	mu.Unlock()
}
