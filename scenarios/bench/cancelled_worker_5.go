//heddle:want goroutine-leak
//heddle:time ideal

// classes: 6
// Formula: n + 1. A worker takes jobs until its context is cancelled, after none of them or after
// any.
package main

import "context"

const jobs = 5

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	job := make(chan int)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-job:
			}
		}
	}()
	go func() {
		for i := 0; i < jobs; i++ {
			job <- i
		}
	}()
	cancel()
}
