//heddle:want data-race

// The switch is a plain bool: the reader's look at it and the writer's store are not ordered by
// anything, and so neither is the data behind it. Compiler and processor may show the flag
// before the data, or never.
// Mechanism: a soft interrupt switch as a plain bool.
package main

import "fmt"

func main() {
	var reason string
	interrupted := false
	go func() {
		reason = "disk full"
		interrupted = true
	}()

	if interrupted {
		fmt.Println("interrupted:", reason)
		return
	}
	fmt.Println("finished")
}
