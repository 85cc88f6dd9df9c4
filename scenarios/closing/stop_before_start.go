//heddle:want close-nil

// Start makes the quit channel, Stop closes it. The mutex keeps them apart, but not in order:
// when Stop comes first, quit is still nil, and closing a nil channel panics.
// Mechanism: close of a nil channel.
package main

import (
	"fmt"
	"sync"
)

type server struct {
	mu   sync.Mutex
	quit chan struct{}
}

func (s *server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quit = make(chan struct{})
}

func (s *server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.quit)
}

func main() {
	s := &server{}
	go s.Start()
	s.Stop()
	fmt.Println("stopped")
}
