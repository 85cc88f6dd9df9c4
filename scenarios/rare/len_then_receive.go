//heddle:want goroutine-leak

// Rare, depth 3. An item seen by len is gone when it is received: the other taker came in
// between.
package main

import "sync/atomic"

func main() {
	items := make(chan int, 1)
	items <- 1
	go func() {
		steps(12)
		if len(items) > 0 {
			<-items
		}
	}()
	go func() {
		select {
		case <-items:
		default:
		}
	}()
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
