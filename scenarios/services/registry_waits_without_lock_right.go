//heddle:want pass

// A registry of goroutines cancels one of them by id and waits for its end without the lock, so
// that the goroutine can take itself off the list.
// Mechanism: registry of goroutines with register, cancel by id, unregister.
package main

import (
	"context"
	"sync"
)

type registry struct {
	mu      sync.Mutex
	entries map[int]*entry
}

type entry struct {
	cancel context.CancelFunc
	ended  chan struct{}
}

func (r *registry) start(id int) {
	ctx, cancel := context.WithCancel(context.Background())
	e := &entry{cancel: cancel, ended: make(chan struct{})}
	r.mu.Lock()
	r.entries[id] = e
	r.mu.Unlock()
	go func() {
		defer close(e.ended)
		<-ctx.Done()
		r.unregister(id)
	}()
}

func (r *registry) unregister(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.entries, id)
}

func (r *registry) cancelByID(id int) {
	r.mu.Lock()
	e := r.entries[id]
	r.mu.Unlock()
	e.cancel()
	<-e.ended
}

func main() {
	r := &registry{entries: make(map[int]*entry)}
	r.start(1)
	r.cancelByID(1)
}
