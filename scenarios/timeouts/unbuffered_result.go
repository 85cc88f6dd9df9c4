//heddle:want goroutine-leak

// The caller gives up after 5 ms, the answer takes 40. When it comes, nobody receives any more,
// and on an unbuffered channel the answering goroutine waits in its send for ever.
// Mechanism: time.After as a timeout, with an unbuffered result channel.
package main

import (
	"fmt"
	"time"
)

func fetch() string {
	results := make(chan string) // should have room for one
	go func() {
		time.Sleep(40 * time.Millisecond)
		results <- "answer"
	}()
	select {
	case r := <-results:
		return r
	case <-time.After(5 * time.Millisecond):
		return "gave up"
	}
}

func main() {
	fmt.Println(fetch())
}
