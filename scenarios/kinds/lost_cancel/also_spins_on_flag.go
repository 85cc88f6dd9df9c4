//heddle:want lost-cancel

// It spins on a flag that nobody sets, although its context is cancelled.
package main

import (
	"context"
	"sync/atomic"
)

type worker struct {
	ctx  context.Context
	stop atomic.Bool
}

func (w *worker) run() {
	for !w.stop.Load() {
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{ctx: ctx}
	go w.run()
	cancel()
}
