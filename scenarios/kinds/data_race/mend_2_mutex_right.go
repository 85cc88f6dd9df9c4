//heddle:want pass

// A lock around both.
package main

import "sync"

func main() {
	var mu sync.Mutex
	x := 0
	go func() {
		mu.Lock()
		defer mu.Unlock()
		x = 1
	}()
	mu.Lock()
	defer mu.Unlock()
	_ = x
}
