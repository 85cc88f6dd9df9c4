//heddle:want pass

// The worker defers the close of its result channel. Goexit runs deferred calls, so the waiter
// learns that no result will come: its receive gives false as the second value.
// Mechanism: Goexit in a goroutine that somebody waits for, told by a deferred close.
package main

import (
	"fmt"
	"runtime"
	"strconv"
)

func mustParse(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		runtime.Goexit()
	}
	return n
}

func main() {
	results := make(chan int)
	go func() {
		defer close(results)
		results <- mustParse("twelve")
	}()
	n, ok := <-results
	fmt.Println("result:", n, ok)
}
