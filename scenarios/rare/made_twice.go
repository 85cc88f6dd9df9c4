//heddle:want panic

// Rare, depth 2. What is to be made once is made twice: the look and the making are two steps,
// and the other maker is slow to come.
package main

import "sync/atomic"

func main() {
	var made atomic.Bool
	var makings atomic.Int32
	get := func() {
		if made.Load() {
			return
		}
		if makings.Add(1) == 2 {
			panic("made twice")
		}
		made.Store(true)
	}
	go func() {
		steps(16)
		get()
	}()
	go get()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
