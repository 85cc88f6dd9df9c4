//heddle:want pass

// Another goroutine calls it.
package main

import "context"

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	<-ctx.Done()
}
