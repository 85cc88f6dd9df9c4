//heddle:want pass

// One goroutine owns the channel and closes it; the others only listen.
package main

func main() {
	done := make(chan struct{})
	go func() { <-done }()
	close(done)
}
