//heddle:want pass

// A single number needs no lock.
package main

import "sync/atomic"

func main() {
	var n atomic.Int64
	n.Add(1)
}
