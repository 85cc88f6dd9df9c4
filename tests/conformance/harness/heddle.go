// SPDX-License-Identifier: Apache-2.0

// The harness that runs one generated program as an ordinary one: what a goroutine notes is printed
// at once, with the goroutine's number, so that what was noted before everything came to rest is
// never lost.
package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// The generated programs may use any of these.
var (
	_ = context.Background
	_ = atomic.AddInt32
	_ sync.Mutex
)

type run struct{}

func main() {
	r := &run{}
	defer r.leave(0)
	programs[0](r)
}

func (r *run) start(g int, f func()) {
	go func() {
		defer r.leave(g)
		f()
	}()
}

func (r *run) leave(g int) {
	if e := recover(); e != nil {
		r.note(g, codeOf(e))
	}
	r.note(g, ended)
}

func (r *run) note(g, value int) int {
	fmt.Printf("%d %d\n", g, value)
	return value
}

func (r *run) pause() {
	runtime.Gosched()
}
