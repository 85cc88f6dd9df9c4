//heddle:want pass

// Myth: a select without default is a mistake in a worker loop, for it blocks.
// Truth: blocking is the point. The worker sleeps until a job or the stop comes, misses neither,
// and burns no processor time.
package main

import "fmt"

func main() {
	jobs, stop, handled := make(chan int), make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-jobs:
				n++
			case <-stop:
				handled <- n
				return
			}
		}
	}()
	jobs <- 1
	jobs <- 2
	close(stop)
	if n := <-handled; n != 2 {
		panic("a job was missed")
	}
	fmt.Println("both jobs handled, worker stopped")
}
