//heddle:want pass

// One lock for the whole tree: attach and cancel exclude each other, there is no order of locks
// to get wrong, and a child that comes after the cancel is closed at once.
// Mechanism: cancel propagation through a hand-written tree under one lock.
package main

import (
	"fmt"
	"sync"
)

type tree struct {
	mu        sync.Mutex
	cancelled bool
	children  []chan struct{}
}

func (t *tree) attach() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	done := make(chan struct{})
	if t.cancelled {
		close(done)
	} else {
		t.children = append(t.children, done)
	}
	return done
}

func (t *tree) cancel() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cancelled = true
	for _, done := range t.children {
		close(done)
	}
	t.children = nil
}

func main() {
	root := &tree{}
	ended := make(chan bool)
	for i := 0; i < 2; i++ {
		go func() {
			<-root.attach()
			ended <- true
		}()
	}
	root.cancel()
	fmt.Println("children ended:", <-ended, <-ended)
}
