//heddle:want close-nil

// The stop may come before the start that makes the channel.
package main

import "sync"

func main() {
	var mu sync.Mutex
	var quit chan struct{}
	go func() {
		mu.Lock()
		quit = make(chan struct{})
		mu.Unlock()
	}()
	mu.Lock()
	defer mu.Unlock()
	close(quit)
}
