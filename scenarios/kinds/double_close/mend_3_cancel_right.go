//heddle:want pass

// A context is made for this: its cancel function may be called any number of times.
package main

import "context"

func main() {
	_, cancel := context.WithCancel(context.Background())
	go cancel()
	cancel()
}
