//heddle:want pass

// An atomic variable.
package main

import "sync/atomic"

func main() {
	var x atomic.Int64
	go x.Store(1)
	_ = x.Load()
}
