//heddle:want pass

// Written by one goroutine, then by another, with a channel in between.
package main

func main() {
	m := map[int]int{}
	done := make(chan struct{})
	go func() {
		m[1] = 1
		close(done)
	}()
	<-done
	m[2] = 2
}
