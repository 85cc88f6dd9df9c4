//heddle:want pass

// One unlock, deferred right after the lock.
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
}
