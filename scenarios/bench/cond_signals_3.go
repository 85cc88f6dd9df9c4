//heddle:want goroutine-leak
//heddle:time ideal

// classes: 294
// Three waiters and three Signals, some of which may come too early.
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
	for i := 0; i < n; i++ {
		cond.Signal()
	}
}
