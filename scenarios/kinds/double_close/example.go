//heddle:want double-close

// Two goroutines both close done: the second close panics.
package main

func main() {
	done := make(chan struct{})
	go close(done)
	close(done)
}
