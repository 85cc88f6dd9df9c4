//heddle:want pass

// Myth: Goexit inside a deferred call panics.
// Truth: it does not. The deferred calls that are left still run, and the goroutine ends; a panic
// that was under way is cancelled by it.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	ended := make(chan struct{})
	var order []string
	go func() {
		defer close(ended)
		defer func() { order = append(order, "outer deferred call") }()
		defer func() {
			order = append(order, "Goexit")
			runtime.Goexit()
		}()
		panic("under way")
	}()
	<-ended
	if len(order) != 2 || order[1] != "outer deferred call" {
		panic("the deferred call that was left did not run")
	}
	fmt.Println(order)
}
