//heddle:want pass

// Exit hooks are registered under a lock and run under a Once, last in, first out, like deferred
// calls. Two goroutines ask for the exit; the hooks run once, and both return after them.
// Mechanism: Once-guarded exit hooks.
package main

import (
	"fmt"
	"sync"
)

type hooks struct {
	mu   sync.Mutex
	list []func()
	once sync.Once
}

func (h *hooks) register(hook func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, hook)
}

func (h *hooks) run() {
	h.once.Do(func() {
		h.mu.Lock()
		list := h.list
		h.mu.Unlock()
		for i := len(list) - 1; i >= 0; i-- {
			list[i]()
		}
	})
}

func main() {
	var h hooks
	var order []string
	h.register(func() { order = append(order, "close the database") })
	h.register(func() { order = append(order, "flush the cache") })

	asked := make(chan bool)
	go func() {
		h.run()
		asked <- true
	}()
	h.run()
	<-asked
	fmt.Println(order)
}
