// SPDX-License-Identifier: Apache-2.0
// Package context: deadlines, cancellation and values across goroutines. The tree of cancellable contexts is native.
package context

import (
	"errors"
	"time"
)

type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

var Canceled = errors.New("context canceled")

var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

type CancelFunc func()
type CancelCauseFunc func(cause error)

type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

func Background() Context { return backgroundCtx{} }
func TODO() Context       { return todoCtx{} }

// node is the native half of a context that can be cancelled by itself. Its links are numbers, so that what a context
// can reach is what Go code can reach through it; the fields are changed by natives only.
type node struct {
	done      chan struct{}
	err       error
	cause     error
	function  func() // of AfterFunc: started when the node is cancelled
	timer     uintptr
	parent    uintptr
	children  uintptr
	sibling   uintptr
	cancelled bool
}

// attach makes n a child of parent. True: parent was cancelled already, so n is now.
func attach(n, parent *node) bool

// cancel sets error and cause and closes Done, cancels the descendants, and takes the node from its parent.
// False: it had been cancelled before.
func cancel(n *node, err, cause error) bool

// stop prevents the function from being started. False: it is too late.
func stop(n *node) bool

// errOf returns error and cause of a node; it waits while a cancel is visiting the children.
func errOf(n *node) (err, cause error)

type cancelCtx struct {
	Context
	n node
}

// cancelCtxKey is the key under which a cancelCtx returns itself.
var cancelCtxKey int

func (c *cancelCtx) Done() <-chan struct{} { return c.n.done }

func (c *cancelCtx) Err() error {
	err, _ := errOf(&c.n)
	return err
}

func (c *cancelCtx) Value(key any) any {
	if key == &cancelCtxKey {
		return c
	}
	return value(c.Context, key)
}

func (c *cancelCtx) cancel(err, cause error) {
	if cause == nil {
		cause = err
	}
	cancel(&c.n, err, cause)
}

func (c *cancelCtx) String() string { return contextName(c.Context) + ".WithCancel" }

// parentNode finds the cancelCtx that stands behind the parent's Done channel.
func parentNode(parent Context, done <-chan struct{}) *node {
	p, ok := parent.Value(&cancelCtxKey).(*cancelCtx)
	if !ok || p.n.done != done {
		return nil
	}
	return &p.n
}

type afterFuncer interface {
	AfterFunc(func()) func() bool
}

// connect arranges that child is cancelled when parent is, and says whether parent is cancelled already.
func connect(parent Context, child *cancelCtx) bool {
	child.Context = parent
	done := parent.Done()
	if done == nil {
		return false
	}
	if p := parentNode(parent, done); p != nil {
		return attach(&child.n, p)
	}
	select {
	case <-done:
		child.cancel(parent.Err(), Cause(parent))
		return true
	default:
	}
	if a, ok := parent.(afterFuncer); ok {
		stop := a.AfterFunc(func() { child.cancel(parent.Err(), Cause(parent)) })
		child.Context = stopCtx{parent, stop}
		return false
	}
	go func() {
		select {
		case <-parent.Done():
			child.cancel(parent.Err(), Cause(parent))
		case <-child.Done():
		}
	}()
	return false
}

// A stopCtx is the parent of a child that is cancelled through the parent's AfterFunc method.
type stopCtx struct {
	Context
	stop func() bool
}

func checkParent(parent Context) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
}

// made tells the checker that a context with a cancel function of its own has been made.
func made(n *node)

func newCancelCtx() *cancelCtx {
	c := &cancelCtx{n: node{done: make(chan struct{})}}
	made(&c.n)
	return c
}

func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	checkParent(parent)
	c := newCancelCtx()
	connect(parent, c)
	return c, func() { c.cancel(Canceled, nil) }
}

func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	checkParent(parent)
	c := newCancelCtx()
	connect(parent, c)
	return c, func(cause error) { c.cancel(Canceled, cause) }
}

// Cause returns why c was cancelled: what its CancelCauseFunc was given, or else its error.
func Cause(c Context) error {
	if cc, ok := c.Value(&cancelCtxKey).(*cancelCtx); ok {
		_, cause := errOf(&cc.n)
		return cause
	}
	return c.Err()
}

type timerCtx struct {
	cancelCtx
	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) String() string {
	return contextName(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	checkParent(parent)
	if current, ok := parent.Deadline(); ok && current.Before(d) {
		return WithCancel(parent)
	}
	c := newTimerCtx(d, cause)
	cancelled := connect(parent, &c.cancelCtx)
	return c.start(time.Until(d), cause, cancelled)
}

func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithTimeoutCause(parent, timeout, nil)
}

func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	checkParent(parent)
	d := time.Now().Add(timeout)
	if current, ok := parent.Deadline(); ok && current.Before(d) {
		return WithCancel(parent)
	}
	c := newTimerCtx(d, cause)
	cancelled := connect(parent, &c.cancelCtx)
	return c.start(timeout, cause, cancelled)
}

// newTimer gives a node the timer that its cancel stops; f runs in a goroutine of its own when it fires.
func newTimer(n *node, f func())

func armTimer(n *node, d time.Duration)

func newTimerCtx(d time.Time, cause error) *timerCtx {
	c := &timerCtx{cancelCtx: cancelCtx{n: node{done: make(chan struct{})}}, deadline: d}
	made(&c.n)
	newTimer(&c.n, func() { c.cancel(DeadlineExceeded, cause) })
	return c
}

// start arms the timer, unless the context is cancelled already or its time is over.
func (c *timerCtx) start(left time.Duration, cause error, cancelled bool) (Context, CancelFunc) {
	if !cancelled {
		if left <= 0 {
			c.cancel(DeadlineExceeded, cause)
		} else {
			armTimer(&c.n, left)
		}
	}
	return c, func() { c.cancel(Canceled, nil) }
}

type withoutCancelCtx struct {
	c Context
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }

func (c withoutCancelCtx) Value(key any) any {
	if key == &cancelCtxKey {
		return nil
	}
	return value(c.c, key)
}

func (c withoutCancelCtx) String() string { return contextName(c.c) + ".WithoutCancel" }

func WithoutCancel(parent Context) Context {
	checkParent(parent)
	return withoutCancelCtx{parent}
}

type afterFuncCtx struct {
	cancelCtx
}

// AfterFunc starts f in a goroutine of its own once ctx is done; stop says whether it has prevented that.
func AfterFunc(ctx Context, f func()) (stopFunc func() bool) {
	a := &afterFuncCtx{cancelCtx{n: node{done: make(chan struct{}), function: f}}}
	connect(ctx, &a.cancelCtx)
	return func() bool { return stop(&a.n) }
}

type valueCtx struct {
	Context
	key, val any
}

func WithValue(parent Context, key, val any) Context {
	checkParent(parent)
	if key == nil {
		panic("nil key")
	}
	if !isComparable(key) {
		panic("key is not comparable")
	}
	return &valueCtx{parent, key, val}
}

func isComparable(v any) bool

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return value(c.Context, key)
}

func (c *valueCtx) String() string {
	return contextName(c.Context) + ".WithValue(" + stringify(c.key) + ", " + stringify(c.val) + ")"
}

// value looks a key up from c on towards the root, without recursion.
func value(c Context, key any) any {
	for {
		switch ctx := c.(type) {
		case *valueCtx:
			if key == ctx.key {
				return ctx.val
			}
			c = ctx.Context
		case *cancelCtx:
			if key == &cancelCtxKey {
				return c
			}
			c = ctx.Context
		case *timerCtx:
			if key == &cancelCtxKey {
				return &ctx.cancelCtx
			}
			c = ctx.Context
		case withoutCancelCtx:
			if key == &cancelCtxKey {
				return nil
			}
			c = ctx.c
		case backgroundCtx, todoCtx:
			return nil
		default:
			return c.Value(key)
		}
	}
}

type stringer interface {
	String() string
}

// typeName is the name of the dynamic type of v.
func typeName(v any) string

func contextName(c Context) string {
	if s, ok := c.(stringer); ok {
		return s.String()
	}
	return typeName(c)
}

func stringify(v any) string {
	switch s := v.(type) {
	case stringer:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return typeName(v)
}
