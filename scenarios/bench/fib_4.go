//heddle:want pass
//heddle:time ideal

// classes: 19605
// Two tasks add each other's variable to their own, four rounds each; main looks at both meanwhile.
package main

import "sync/atomic"

const rounds = 4

func add(to, from *int32) {
	for k := 0; k < rounds; k++ {
		own := atomic.LoadInt32(to)
		other := atomic.LoadInt32(from)
		atomic.StoreInt32(to, own+other)
	}
}

func main() {
	var i, j int32 = 1, 1
	go add(&i, &j)
	go add(&j, &i)
	atomic.LoadInt32(&i)
	atomic.LoadInt32(&j)
}
