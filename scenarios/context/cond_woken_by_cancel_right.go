//heddle:want pass

// A small goroutine waits for the cancel and then broadcasts, under the lock, so that the signal
// cannot fall between the consumer's look at ctx and its Wait. The consumer looks at ctx before
// every Wait.
// Mechanism: a worker in Cond.Wait that a context's cancel still reaches.
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
		if err := ctx.Err(); err != nil {
			return "", err
		}
		q.cond.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item, nil
}

func main() {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done()
		q.mu.Lock()
		defer q.mu.Unlock()
		q.cond.Broadcast()
	}()
	ended := make(chan error)
	go func() {
		_, err := q.take(ctx)
		ended <- err
	}()
	cancel()
	fmt.Println("consumer:", <-ended)
}
