//heddle:want pass

// The Add is in another goroutine, but a channel puts it before the Wait.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	added := make(chan struct{})
	go func() {
		wg.Add(1)
		close(added)
		wg.Done()
	}()
	<-added
	wg.Wait()
}
