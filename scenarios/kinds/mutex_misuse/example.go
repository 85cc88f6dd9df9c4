//heddle:want mutex-misuse

// Unlocked by hand, and by defer once more.
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	mu.Unlock()
}
