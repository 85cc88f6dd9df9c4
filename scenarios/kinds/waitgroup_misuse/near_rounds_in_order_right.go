//heddle:want pass

// A second round begins after the Wait of the first has returned.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	for round := 0; round < 2; round++ {
		wg.Add(1)
		go wg.Done()
		wg.Wait()
	}
}
