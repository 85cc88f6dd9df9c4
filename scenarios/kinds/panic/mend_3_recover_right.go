//heddle:want pass

// A goroutine that must not end the program recovers in a deferred call of its own, and says
// so.
package main

func main() {
	failed := make(chan any)
	go func() {
		defer func() { failed <- recover() }()
		var p *int
		_ = *p
	}()
	<-failed
}
