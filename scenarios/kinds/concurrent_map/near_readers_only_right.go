//heddle:want pass

// Any number of goroutines may read a map that nobody writes any more.
package main

import "sync"

func main() {
	m := map[int]int{1: 1}
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = m[1]
		}()
	}
	wg.Wait()
}
