// SPDX-License-Identifier: Apache-2.0
// Package errgroup: goroutines that work on one task, the first error of which cancels the others.
package errgroup

import (
	"context"
	"fmt"
	"sync"
)

// The zero Group has no limit and cancels nothing.
type Group struct {
	cancel func(error)
	wg     sync.WaitGroup
	places chan struct{} // one for each goroutine that may run; nil: no limit
	once   sync.Once
	err    error
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

func (g *Group) start(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel(err)
				}
			})
		}
	}()
}

func (g *Group) done() {
	if g.places != nil {
		<-g.places
	}
	g.wg.Done()
}

func (g *Group) Go(f func() error) {
	if g.places != nil {
		g.places <- struct{}{}
	}
	g.start(f)
}

func (g *Group) TryGo(f func() error) bool {
	if g.places != nil {
		select {
		case g.places <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.places = nil
		return
	}
	if active := len(g.places); active != 0 {
		panic(fmt.Errorf("errgroup: modify limit while %v goroutines in the group are still active", active))
	}
	g.places = make(chan struct{}, n)
}
