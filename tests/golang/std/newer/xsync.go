// golang.org/x/sync: groups of goroutines, weighted semaphores, calls that share a result.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

func check(what string, got, want any) {
	if got != want {
		panic(fmt.Sprintf("%s: got %v, want %v", what, got, want))
	}
}

func groups() {
	three := errors.New("three")
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(2)
	var running, most, all atomic.Int32
	for i := 0; i < 5; i++ {
		g.Go(func() error {
			defer running.Add(-1)
			if n := running.Add(1); n > most.Load() {
				most.Store(n)
			}
			all.Add(1)
			if i == 3 {
				return three
			}
			return nil
		})
	}
	check("Wait", g.Wait(), error(three))
	check("all ran", all.Load(), int32(5))
	check("limit", most.Load() <= 2, true)
	check("cancelled", ctx.Err(), context.Canceled)
	check("cause", context.Cause(ctx), error(three))

	var limited errgroup.Group
	limited.SetLimit(1)
	hold := make(chan bool)
	check("first", limited.TryGo(func() error { <-hold; return nil }), true)
	check("second", limited.TryGo(func() error { return nil }), false)
	func() {
		defer func() {
			check("SetLimit", fmt.Sprint(recover()), "errgroup: modify limit while 1 goroutines in the group are still active")
		}()
		limited.SetLimit(3)
	}()
	close(hold)
	check("no error", limited.Wait(), error(nil))
}

func semaphores() {
	bg := context.Background()
	s := semaphore.NewWeighted(3)
	check("Acquire", s.Acquire(bg, 2), error(nil))
	check("TryAcquire", s.TryAcquire(2), false)
	ctx, cancel := context.WithTimeout(bg, time.Second)
	defer cancel()
	check("timeout", s.Acquire(ctx, 2), error(context.DeadlineExceeded))
	check("more than there are", s.Acquire(ctx, 4), error(context.DeadlineExceeded))
	// A big request is not overtaken by a small one.
	var order []int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, n := range []int64{3, 1} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check("Acquire", s.Acquire(bg, n), error(nil))
			mu.Lock()
			order = append(order, i)
			mu.Unlock()
			s.Release(n)
		}()
		time.Sleep(time.Millisecond)
	}
	check("a waiter is first", s.TryAcquire(1), false)
	s.Release(2)
	wg.Wait()
	check("order", fmt.Sprint(order), "[0 1]")
	defer func() { check("Release", recover(), any("semaphore: released more than held")) }()
	s.Release(1)
}

func flights() {
	var g singleflight.Group
	var calls atomic.Int32
	start := make(chan bool)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, err, shared := g.Do("key", func() (any, error) {
				calls.Add(1)
				<-start
				return 7, nil
			})
			check("Do", v, any(7))
			check("Do", err, error(nil))
			check("shared", shared, true)
		}()
	}
	time.Sleep(time.Second)
	ch := g.DoChan("key", nil)
	close(start)
	wg.Wait()
	check("one call", calls.Load(), int32(1))
	r := <-ch
	check("DoChan", r.Val, any(7))
	_, err, shared := g.Do("key", func() (any, error) { return nil, errors.New("again") })
	check("anew", err.Error(), "again")
	check("alone", shared, false)
	func() {
		defer func() {
			err := recover().(error)
			check("panic", fmt.Sprint(err)[:4], "boom")
		}()
		g.Do("key", func() (any, error) { panic("boom") })
	}()
}

func main() {
	groups()
	semaphores()
	flights()
}
