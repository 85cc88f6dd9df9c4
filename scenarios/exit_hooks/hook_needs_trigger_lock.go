//heddle:want deadlock

// shutdown runs the hooks while it holds the service's mutex, and a hook asks for the service's
// status, which takes the same mutex. Go's Mutex is not reentrant: the goroutine waits for
// itself, and main waits for it.
// Mechanism: exit hooks that take a lock which their trigger holds.
package main

import (
	"fmt"
	"sync"
)

type service struct {
	mu    sync.Mutex
	state string
	hooks []func()
}

func (s *service) status() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func (s *service) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = "stopping"
	for _, hook := range s.hooks {
		hook()
	}
}

func main() {
	s := &service{state: "running"}
	s.hooks = append(s.hooks, func() { fmt.Println("status:", s.status()) })
	down := make(chan bool)
	go func() {
		s.shutdown()
		down <- true
	}()
	fmt.Println("down:", <-down)
}
