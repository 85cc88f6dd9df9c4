//heddle:want close-nil

// The channel is declared, never made.
package main

func main() {
	var done chan struct{}
	close(done)
}
