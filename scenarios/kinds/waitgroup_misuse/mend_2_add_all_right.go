//heddle:want pass

// The number is known: one Add for all, before the first go statement.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go wg.Done()
	}
	wg.Wait()
}
