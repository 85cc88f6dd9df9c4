//heddle:want pass
//heddle:time ideal

// classes: 120
// Formula: n!. Workers that take a mutex in turn, joined by a WaitGroup.
package main

import "sync"

const n = 5

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			mu.Unlock()
		}()
	}
	wg.Wait()
}
