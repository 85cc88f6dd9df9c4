//heddle:want pass

// The backend takes no requests. After two timeouts in a row the breaker opens, and further calls
// fail at once instead of waiting for a timeout again.
// Mechanism: circuit breaker after a number of timeouts.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errOpen = errors.New("circuit open")

type breaker struct {
	timeouts int
	backend  chan string
}

func (b *breaker) call(ctx context.Context, request string) error {
	if b.timeouts >= 2 {
		return errOpen
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Millisecond)
	defer cancel()
	select {
	case b.backend <- request:
		b.timeouts = 0
		return nil
	case <-ctx.Done():
		b.timeouts++
		return ctx.Err()
	}
}

func main() {
	b := &breaker{backend: make(chan string)}
	for i := 0; i < 3; i++ {
		fmt.Println("call:", b.call(context.Background(), "hello"))
	}
}
