//heddle:want pass
//heddle:time ideal

// classes: 120
// Formula: n!. Workers that take a mutex in turn and are not joined.
package main

import "sync"

const n = 5

func main() {
	var mu sync.Mutex
	for i := 0; i < n; i++ {
		go func() {
			mu.Lock()
			mu.Unlock()
		}()
	}
}
