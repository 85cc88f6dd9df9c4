//heddle:want pass

// Looking at the flag and enqueueing are one step here, because a mutex covers both; the
// shutdown sets the flag and closes the queue under the same mutex. An item is either refused or
// in the queue before its close, and then the consumer's range still gets it.
// Mechanism: shutdown of a queue that may be fed at the same moment.
package main

import (
	"fmt"
	"sync"
)

type intake struct {
	mu     sync.Mutex
	closed bool
	queue  chan string
}

func (in *intake) put(item string) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.closed {
		in.queue <- item // has room for all
	}
	return !in.closed
}

func (in *intake) shutDown() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
	close(in.queue)
}

func main() {
	in := &intake{queue: make(chan string, 1)}
	accepted := make(chan bool)
	go func() { accepted <- in.put("item") }()
	go in.shutDown()

	handled := 0
	for range in.queue {
		handled++
	}
	if <-accepted != (handled == 1) {
		panic("an accepted item was never handled")
	}
	fmt.Println("nothing lost")
}
