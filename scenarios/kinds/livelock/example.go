//heddle:want livelock

// The loop polls a channel that nobody ever closes.
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
}
