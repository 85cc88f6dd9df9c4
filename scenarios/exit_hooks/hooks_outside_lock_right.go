//heddle:want pass

// shutdown changes the state and takes the hooks under the mutex, and runs them after it has
// unlocked. So a hook may call any method of the service, and may even register another hook.
// Mechanism: exit hooks that run outside their trigger's lock.
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
	s.state = "stopping"
	hooks := s.hooks
	s.hooks = nil
	s.mu.Unlock()
	for _, hook := range hooks {
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
	s.shutdown()
	fmt.Println("down:", <-down)
}
