//heddle:want mutex-misuse

// Two goroutines unlock, one had locked: in some order the second unlock finds it free.
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	go mu.Unlock()
	mu.Unlock()
}
