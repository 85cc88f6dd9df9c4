//heddle:want context-leak

// The cancel function is thrown away.
package main

import "context"

func main() {
	ctx, _ := context.WithCancel(context.Background())
	_ = ctx
}
