//heddle:want pass

// handle hands its context on to query, so a cancel ends whichever of the two is waiting at that
// moment: the query for the database or handle for somebody to take the answer.
// Mechanism: the context is handed on to everything that is called.
package main

import (
	"context"
	"fmt"
)

func query(ctx context.Context, rows <-chan int) (int, error) {
	select {
	case row := <-rows:
		return row, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func handle(ctx context.Context, rows <-chan int, answers chan<- int) error {
	row, err := query(ctx, rows)
	if err != nil {
		return err
	}
	select {
	case answers <- row:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	rows := make(chan int, 1)
	rows <- 7
	ended := make(chan error)
	go func() { ended <- handle(ctx, rows, make(chan int)) }()
	cancel()
	fmt.Println("handle:", <-ended)
}
