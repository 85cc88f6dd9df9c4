//heddle:want goroutine-leak
//heddle:time ideal

// classes: 96
// Three waiters and one Broadcast, which some of them may miss.
package main

import "sync"

const n = 3

func main() {
	cond := sync.NewCond(&sync.Mutex{})
	for i := 0; i < n; i++ {
		go func() {
			cond.L.Lock()
			cond.Wait()
			cond.L.Unlock()
		}()
	}
	cond.Broadcast()
}
