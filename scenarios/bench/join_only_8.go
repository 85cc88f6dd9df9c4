//heddle:want pass
//heddle:time ideal

// classes: 1
// Goroutines that do nothing but be joined: the order in which they are done is not visible.
package main

import "sync"

const n = 8

func main() {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() { wg.Done() }()
	}
	wg.Wait()
}
