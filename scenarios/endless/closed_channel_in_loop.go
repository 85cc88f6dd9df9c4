//heddle:want livelock

// A receive from a closed channel never waits, and nobody looks at ok.
package main

func main() {
	jobs := make(chan int)
	go func() {
		for {
			<-jobs
		}
	}()
	close(jobs)
}
