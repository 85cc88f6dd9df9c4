//heddle:want pass

// runtime.Goexit ends its goroutine from any depth of calls. All deferred calls on the way out
// run, innermost first, and so the waiter is told; other goroutines do not notice.
// Mechanism: Goexit deep in a call chain.
package main

import (
	"fmt"
	"runtime"
)

func descend(depth int, order *[]int) {
	defer func() { *order = append(*order, depth) }()
	if depth == 3 {
		runtime.Goexit()
	}
	descend(depth+1, order)
	panic("a call returned after Goexit")
}

func main() {
	var order []int
	left := make(chan struct{})
	go func() {
		defer close(left)
		descend(1, &order)
	}()
	other := make(chan string)
	go func() { other <- "the other goroutine goes on" }()

	<-left
	fmt.Println("deferred calls ran in the order", order)
	fmt.Println(<-other)
}
