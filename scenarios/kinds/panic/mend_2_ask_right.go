//heddle:want pass

// Not there yet is a case like any other.
package main

import "sync/atomic"

func main() {
	var p atomic.Pointer[int]
	go p.Store(new(int))
	if v := p.Load(); v != nil {
		_ = *v
	}
}
