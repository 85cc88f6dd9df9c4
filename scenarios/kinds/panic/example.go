//heddle:want panic

// The result is taken before it is there.
package main

import "sync/atomic"

func main() {
	var p atomic.Pointer[int]
	go p.Store(new(int))
	_ = *p.Load()
}
