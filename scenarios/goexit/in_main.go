//heddle:want deadlock

// Goexit in main does not end the program: the other goroutines go on. But main never returns,
// so when the last of them has ended there is nobody left to end the program, and Go dies with
// "no goroutines (main called runtime.Goexit) - deadlock!".
// Mechanism: Goexit in the main goroutine.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	ready := make(chan struct{})
	go func() {
		fmt.Println("the worker finishes its work")
		close(ready)
	}()
	<-ready
	runtime.Goexit()
}
