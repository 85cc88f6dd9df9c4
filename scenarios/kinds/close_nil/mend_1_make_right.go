//heddle:want pass

// Make the channel where it is declared.
package main

func main() {
	done := make(chan struct{})
	close(done)
}
