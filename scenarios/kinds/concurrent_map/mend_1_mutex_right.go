//heddle:want pass

// A lock around every use.
package main

import "sync"

func main() {
	var mu sync.Mutex
	m := map[int]bool{}
	set := func(key int) {
		mu.Lock()
		defer mu.Unlock()
		m[key] = true
	}
	go set(1)
	set(2)
}
