//heddle:want pass

// A Mutex may be unlocked by a goroutine that did not lock it.
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Lock()
}
