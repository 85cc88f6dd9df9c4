//heddle:want panic

// Rare, depth 3. A reader is fooled by a version that the writer raises only at the end.
package main

import "sync/atomic"

func main() {
	var version, low, high atomic.Int32
	go func() { // the reader
		steps(9)
		before := version.Load()
		l := low.Load()
		h := high.Load()
		if version.Load() == before && l != h {
			panic("half of an update")
		}
	}()
	go func() {
		low.Store(1)
		high.Store(1)
		version.Add(1)
	}()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
