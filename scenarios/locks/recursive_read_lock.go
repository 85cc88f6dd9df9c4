//heddle:want deadlock

// A reader takes the read lock twice, once in total and again in the helper it calls. Alone that
// works. But when a writer comes between the two, it keeps new readers out until the first read
// lock is released, and that one waits for the second.
// Mechanism: a recursive read lock of a RWMutex against a waiting writer.
package main

import (
	"fmt"
	"sync"
)

type stock struct {
	mu    sync.RWMutex
	items []int
}

func (s *stock) size() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.items)
}

func (s *stock) empty() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size() == 0 // takes the read lock again
}

func (s *stock) put(item int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = append(s.items, item)
}

func main() {
	s := &stock{}
	stored := make(chan bool)
	go func() {
		s.put(1)
		stored <- true
	}()
	s.empty()
	fmt.Println("stored:", <-stored)
}
