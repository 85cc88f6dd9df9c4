//heddle:want send-on-closed

// Rare, depth 3. A producer looks at the flag before it sends; the whole shutdown fits in
// between.
package main

import "sync/atomic"

func main() {
	queue := make(chan int, 1)
	var stopped atomic.Bool
	go func() {
		steps(12)
		stopped.Store(true)
		close(queue)
	}()
	go func() {
		if !stopped.Load() {
			queue <- 1
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
