//heddle:want pass

// An Add while the counter is above zero may come at any time before the own Done.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		wg.Add(1)
		go wg.Done()
	}()
	wg.Wait()
}
