//heddle:want pass

// Whoever starts the loop ends it.
package main

func main() {
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			default:
			}
		}
	}()
	close(done)
}
