//heddle:want concurrent-map

// A reader without the lock that the writer takes.
package main

import "sync"

func main() {
	var mu sync.Mutex
	m := map[string]int{}
	go func() {
		mu.Lock()
		defer mu.Unlock()
		m["a"] = 1
	}()
	_ = m["a"]
}
