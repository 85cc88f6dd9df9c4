//heddle:want exit

// A goroutine that nobody waits for is cut off.
package main

import "os"

func main() {
	started := make(chan struct{})
	go func() { close(started) }()
	os.Exit(0)
}
