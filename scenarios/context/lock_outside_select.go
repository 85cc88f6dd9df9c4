//heddle:want lost-cancel

// The worker wants a mutex before it looks at its context. main takes an early way out and keeps
// the mutex locked: a mutex cannot be waited for in a select, so no cancel reaches the worker.
// Mechanism: a worker that blocks in a lock, out of reach of its context.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

func worker(ctx context.Context, mu *sync.Mutex, count *int) {
	mu.Lock()
	defer mu.Unlock()
	if ctx.Err() == nil {
		*count++
	}
}

func serve(ctx context.Context) error {
	var mu sync.Mutex
	count := 0
	mu.Lock()
	go worker(ctx, &mu, &count)
	if err := errors.New("bad configuration"); err != nil {
		return err // mu stays locked
	}
	mu.Unlock()
	return nil
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	fmt.Println("serve:", serve(ctx))
	cancel()
}
