//heddle:want pass

// One goroutine needs no WaitGroup: a channel that it closes says the same.
package main

func main() {
	done := make(chan struct{})
	go func() {
		defer close(done)
	}()
	<-done
}
