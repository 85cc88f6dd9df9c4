//heddle:want livelock

// Each round starts a goroutine and waits for it: the state comes back every time.
package main

func main() {
	done := make(chan struct{})
	for {
		go func() { done <- struct{}{} }()
		<-done
	}
}
