//heddle:want pass
//heddle:time ideal

// classes: 46080
// Formula: k! 2^k. k pairs of tasks: within a pair both take a lock of the pair's own, and the
// second of each pair holds one lock shared by all pairs meanwhile.
package main

import "sync"

const pairs = 6

func main() {
	var index sync.Mutex
	own := make([]sync.Mutex, pairs)
	for i := 0; i < pairs; i++ {
		mu := &own[i]
		go func() {
			mu.Lock()
			mu.Unlock()
		}()
		go func() {
			index.Lock()
			mu.Lock()
			mu.Unlock()
			index.Unlock()
		}()
	}
}
