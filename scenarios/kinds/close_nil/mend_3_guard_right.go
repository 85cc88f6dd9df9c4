//heddle:want pass

// Where nil means that there is nothing to close, ask first.
package main

func stop(done chan struct{}) {
	if done != nil {
		close(done)
	}
}

func main() {
	stop(nil)
}
