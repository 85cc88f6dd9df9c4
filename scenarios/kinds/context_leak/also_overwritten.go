//heddle:want context-leak

// The variable is assigned a second time: the first cancel function is lost.
package main

import "context"

func main() {
	_, cancel := context.WithCancel(context.Background())
	_, cancel = context.WithCancel(context.Background())
	cancel()
}
