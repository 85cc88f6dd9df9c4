// SPDX-License-Identifier: Apache-2.0
// Package semaphore: a semaphore of which any number of units can be taken at once. Who waits is served first come,
// first served: a small request does not overtake a big one.
package semaphore

import (
	"container/list"
	"context"
	"sync"
)

type waiter struct {
	n     int64
	ready chan struct{} // closed when the units are the waiter's
}

type Weighted struct {
	size    int64
	taken   int64
	mu      sync.Mutex
	waiters list.List
}

func NewWeighted(n int64) *Weighted { return &Weighted{size: n} }

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	done := ctx.Done()
	s.mu.Lock()
	select {
	case <-done:
		s.mu.Unlock()
		return ctx.Err()
	default:
	}
	if s.size-s.taken >= n && s.waiters.Len() == 0 {
		s.taken += n
		s.mu.Unlock()
		return nil
	}
	if n > s.size {
		s.mu.Unlock()
		<-done
		return ctx.Err()
	}
	w := waiter{n, make(chan struct{})}
	place := s.waiters.PushBack(w)
	s.mu.Unlock()
	select {
	case <-w.ready:
	case <-done:
		return s.giveUp(ctx, place, w)
	}
	select {
	case <-done: // cancelled as well, and the units are not needed
		s.Release(n)
		return ctx.Err()
	default:
	}
	return nil
}

// giveUp is for a waiter whose context is done: it may have got its units in the meantime.
func (s *Weighted) giveUp(ctx context.Context, place *list.Element, w waiter) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-w.ready:
		s.taken -= w.n
		s.serve()
	default:
		first := s.waiters.Front() == place
		s.waiters.Remove(place)
		if first && s.size > s.taken {
			s.serve()
		}
	}
	return ctx.Err()
}

func (s *Weighted) TryAcquire(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size-s.taken < n || s.waiters.Len() > 0 {
		return false
	}
	s.taken += n
	return true
}

func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken -= n
	if s.taken < 0 {
		panic("semaphore: released more than held")
	}
	s.serve()
}

func (s *Weighted) serve() {
	for place := s.waiters.Front(); place != nil; place = s.waiters.Front() {
		w := place.Value.(waiter)
		if s.size-s.taken < w.n {
			return
		}
		s.taken += w.n
		s.waiters.Remove(place)
		close(w.ready)
	}
}
