//heddle:want pass

// What needs the lock for a moment is a function of its own.
package main

import "sync"

var mu sync.Mutex
var n int

func add() {
	mu.Lock()
	defer mu.Unlock()
	n++
}

func main() {
	add()
	add()
}
