//heddle:want deadlock

// A registry of goroutines cancels one of them by id and waits for its end, while it holds the lock
// which that goroutine needs to take itself off the list: neither can move.
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
	defer r.mu.Unlock()
	e := r.entries[id]
	e.cancel()
	<-e.ended // unregister waits for r.mu
}

func main() {
	r := &registry{entries: make(map[int]*entry)}
	r.start(1)
	r.cancelByID(1)
}
