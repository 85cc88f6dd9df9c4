//heddle:want pass

// A sync.Map, where keys are written once and read often.
package main

import "sync"

func main() {
	var m sync.Map
	go m.Store(1, true)
	m.Store(2, true)
}
