// Package context: the tree, causes aside (they need a newer version), printing, foreign contexts.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type keyType string

type wrapper struct{ context.Context }

type foreign struct {
	done chan struct{}
	err  error
}

func (f *foreign) Deadline() (time.Time, bool) { return time.Time{}, false }
func (f *foreign) Done() <-chan struct{}       { return f.done }
func (f *foreign) Err() error                  { return f.err }
func (f *foreign) Value(key any) any           { return nil }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	bg := context.Background()
	fmt.Println(bg, context.TODO(), bg.Err(), bg.Done() == nil, bg.Value("x"))
	ctx, cancel := context.WithCancel(bg)
	child, cancelChild := context.WithCancel(ctx)
	val := context.WithValue(child, keyType("k"), "v")
	grand, cancelGrand := context.WithTimeout(val, time.Hour)
	defer cancelGrand()
	fmt.Println(ctx, val.Value(keyType("k")), val.Value("k"), grand.Value(keyType("k")))
	fmt.Println(ctx.Err(), grand.Err())
	_, ok := grand.Deadline()
	_, ok2 := ctx.Deadline()
	fmt.Println(ok, ok2)
	cancelChild()
	<-grand.Done()
	fmt.Println(ctx.Err(), child.Err(), val.Err(), grand.Err())
	cancel()
	cancel()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.Canceled))

	late, c1 := context.WithTimeout(bg, 5*time.Millisecond)
	defer c1()
	<-late.Done()
	fmt.Println(late.Err(), errors.Is(late.Err(), context.DeadlineExceeded))
	var timeout interface{ Timeout() bool }
	fmt.Println(errors.As(late.Err(), &timeout), timeout.Timeout())
	past, c2 := context.WithDeadline(bg, time.Now().Add(-time.Second))
	fmt.Println(past.Err())
	c2()
	under, c3 := context.WithTimeout(ctx, time.Hour)
	fmt.Println(under.Err())
	c3()
	outer, c4 := context.WithTimeout(bg, 5*time.Millisecond)
	inner, c5 := context.WithTimeout(outer, time.Hour)
	d1, _ := outer.Deadline()
	d2, _ := inner.Deadline()
	fmt.Println(d1.Equal(d2))
	<-inner.Done()
	fmt.Println(inner.Err())
	c4()
	c5()

	w, cw := context.WithCancel(wrapper{bg})
	ww, cww := context.WithCancel(wrapper{w})
	cw()
	fmt.Println(w.Err(), ww.Err())
	cww()
	f := &foreign{done: make(chan struct{})}
	fc, cf := context.WithCancel(f)
	f.err = errors.New("foreign")
	close(f.done)
	<-fc.Done()
	fmt.Println(fc.Err())
	cf()
	try(func() { context.WithCancel(nil) })
	try(func() { context.WithValue(bg, nil, 1) })
	try(func() { context.WithValue(bg, []int{1}, 1) })
	result := make(chan error)
	c6ctx, c6 := context.WithCancel(bg)
	for i := 0; i < 3; i++ {
		go func() {
			<-c6ctx.Done()
			result <- c6ctx.Err()
		}()
	}
	c6()
	for i := 0; i < 3; i++ {
		fmt.Println(<-result)
	}
	fmt.Printf("%T %T %T %v\n", ctx, val, grand, context.DeadlineExceeded)
}
