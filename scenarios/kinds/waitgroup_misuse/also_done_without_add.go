//heddle:want waitgroup-misuse

// A Done too many: the counter goes below zero.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go wg.Done()
	wg.Wait()
	wg.Done()
}
