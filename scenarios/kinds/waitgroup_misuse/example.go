//heddle:want waitgroup-misuse

// Add is called in the goroutine: Wait may see zero and return at once.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	go func() {
		wg.Add(1)
		defer wg.Done()
	}()
	wg.Wait()
}
