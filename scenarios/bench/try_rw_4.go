//heddle:want pass
//heddle:time ideal

// classes: 16
// Formula: 2^n. A TryLock that always sees a reader looks at the readers before or after each of n
// others lock; it took the writers' mutex before, which no reader sees.
package main

import "sync"

const n = 4

func main() {
	var rw sync.RWMutex
	rw.RLock()
	go rw.TryLock()
	for i := 0; i < n; i++ {
		go rw.RLock()
	}
}
