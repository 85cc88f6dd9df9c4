//heddle:want pass

// Without default the goroutine sleeps until there is something to do.
package main

func main() {
	done := make(chan struct{})
	go func() { <-done }()
	close(done)
}
