//heddle:want pass

// The channel is made before anybody can stop the worker.
package main

import "sync"

func main() {
	var mu sync.Mutex
	quit := make(chan struct{})
	go func() {
		mu.Lock()
		defer mu.Unlock()
		close(quit)
	}()
	<-quit
}
