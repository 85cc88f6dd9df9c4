//heddle:want pass

// TryLock in a loop: whoever holds the lock gives it back.
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	for !mu.TryLock() {
	}
	mu.Unlock()
}
