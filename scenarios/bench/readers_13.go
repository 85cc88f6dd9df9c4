//heddle:want pass
//heddle:time ideal

// classes: 8192
// Formula: 2^n. Each of n readers may load before or after the one store; readers do not disturb
// each other.
package main

import "sync/atomic"

const readers = 13

func main() {
	x := new(int32)
	go atomic.StoreInt32(x, 1)
	for i := 0; i < readers; i++ {
		go atomic.LoadInt32(x)
	}
}
