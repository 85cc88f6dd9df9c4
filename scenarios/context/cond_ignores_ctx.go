//heddle:want lost-cancel

// The consumer waits on a condition variable until there is an item. A cancel wakes no condition
// variable: the consumer looks at ctx after each wake-up, but nobody wakes it.
// Mechanism: a worker that blocks in Cond.Wait, out of reach of its context.
package main

import (
	"context"
	"fmt"
	"sync"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []string
}

func (q *queue) take(ctx context.Context) (string, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
		if err := ctx.Err(); err != nil {
			return "", err
		}
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item, nil
}

func main() {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	ctx, cancel := context.WithCancel(context.Background())
	go q.take(ctx)
	cancel()
	fmt.Println("cancelled")
}
