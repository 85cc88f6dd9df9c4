//heddle:want pass

// A worker ends by cancel or by the close of its jobs, whichever it notices first. Every way out
// goes through one Once-guarded close of exited, so whoever waits there is always told, and the
// second way out does no harm.
// Mechanism: a worker with cancel, close of jobs and a Once-guarded exit signal.
package main

import (
	"context"
	"fmt"
	"sync"
)

type worker struct {
	once   sync.Once
	exited chan struct{}
}

func (w *worker) leave() {
	w.once.Do(func() { close(w.exited) })
}

func (w *worker) run(ctx context.Context, jobs <-chan int) {
	defer w.leave()
	for {
		select {
		case _, ok := <-jobs:
			if !ok {
				w.leave()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan int, 1)
	w := &worker{exited: make(chan struct{})}
	go w.run(ctx, jobs)
	go cancel()
	jobs <- 1
	close(jobs)
	<-w.exited
	fmt.Println("worker ended")
}
