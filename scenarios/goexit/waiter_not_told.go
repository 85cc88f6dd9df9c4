//heddle:want deadlock

// A helper ends the worker by Goexit on a bad input. The statements after it never run, the send
// of the result among them, and main waits for that result for ever.
// Mechanism: Goexit in a goroutine that somebody waits for.
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
		results <- mustParse("twelve")
	}()
	fmt.Println("result:", <-results)
}
