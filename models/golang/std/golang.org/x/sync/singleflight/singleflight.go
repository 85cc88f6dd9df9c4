// SPDX-License-Identifier: Apache-2.0
// Package singleflight: calls for one key that come while one is under way share its result.
package singleflight

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

var errGoexit = errors.New("runtime.Goexit was called")

// What a function panicked with: every caller panics with it.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("%v\n\n%s", p.value, p.stack) }

func (p *panicError) Unwrap() error {
	err, _ := p.value.(error)
	return err
}

type call struct {
	wg    sync.WaitGroup
	val   any
	err   error
	dups  int
	chans []chan<- Result
}

type Group struct {
	mu sync.Mutex
	m  map[string]*call
}

type Result struct {
	Val    any
	Err    error
	Shared bool
}

func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool) {
	c, first := g.join(key, nil)
	if !first {
		c.wg.Wait()
		if p, ok := c.err.(*panicError); ok {
			panic(p)
		}
		if c.err == errGoexit {
			runtime.Goexit()
		}
		return c.val, c.err, true
	}
	g.run(c, key, fn)
	return c.val, c.err, c.dups > 0
}

func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	ch := make(chan Result, 1)
	if c, first := g.join(key, ch); first {
		go g.run(c, key, fn)
	}
	return ch
}

// join finds the call of a key, or makes it: then the caller is to run it.
func (g *Group) join(key string, ch chan<- Result) (c *call, first bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.m == nil {
		g.m = make(map[string]*call)
	}
	c, ok := g.m[key]
	if ok {
		c.dups++
	} else {
		c = new(call)
		c.wg.Add(1)
		g.m[key] = c
	}
	if ch != nil {
		c.chans = append(c.chans, ch)
	}
	return c, !ok
}

func (g *Group) run(c *call, key string, fn func() (any, error)) {
	returned, recovered := false, false
	defer func() {
		if !returned && !recovered {
			c.err = errGoexit
		}
		g.finish(c, key)
	}()
	func() {
		defer func() {
			if !returned {
				if r := recover(); r != nil {
					c.err = &panicError{r, debug.Stack()}
				}
			}
		}()
		c.val, c.err = fn()
		returned = true
	}()
	if !returned {
		recovered = true
	}
}

func (g *Group) finish(c *call, key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c.wg.Done()
	if g.m[key] == c {
		delete(g.m, key)
	}
	if p, ok := c.err.(*panicError); ok {
		if len(c.chans) > 0 {
			go panic(p) // no one may recover it
			select {}
		}
		panic(p)
	}
	if c.err == errGoexit {
		return
	}
	for _, ch := range c.chans {
		ch <- Result{c.val, c.err, c.dups > 0}
	}
}

func (g *Group) Forget(key string) {
	g.mu.Lock()
	delete(g.m, key)
	g.mu.Unlock()
}
