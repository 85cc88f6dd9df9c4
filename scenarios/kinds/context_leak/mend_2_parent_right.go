//heddle:want pass

// Or somebody cancels its parent.
package main

import "context"

func derived(parent context.Context) context.Context {
	ctx, _ := context.WithCancel(parent)
	return ctx
}

func main() {
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	_ = derived(parent)
}
