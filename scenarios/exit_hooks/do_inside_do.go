//heddle:want deadlock

// A hook fails and calls shutdown again, from inside shutdown. A second Do waits until the first
// has returned; the first waits for the hook: nobody moves.
// Mechanism: Once-guarded exit hooks, with a Do inside its own Do.
package main

import (
	"fmt"
	"sync"
)

type service struct {
	once sync.Once
	hook func()
}

func (s *service) shutdown() {
	s.once.Do(func() { s.hook() })
}

func main() {
	s := &service{}
	s.hook = func() {
		fmt.Println("flush failed, shutting down")
		s.shutdown() // already in it
	}
	s.shutdown()
	fmt.Println("down")
}
