//heddle:want lost-cancel

// handle gets a context and listens to it, but calls query with context.Background(). While
// query waits for the database, nothing can stop it, and so handle never comes to its own select.
// Mechanism: the context is not handed on; Background is passed instead.
package main

import (
	"context"
	"fmt"
)

func query(ctx context.Context, rows <-chan int) int {
	select {
	case row := <-rows:
		return row
	case <-ctx.Done():
		return -1
	}
}

func handle(ctx context.Context, rows <-chan int, answers chan<- int) {
	row := query(context.Background(), rows) // should be ctx
	select {
	case answers <- row:
	case <-ctx.Done():
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	rows := make(chan int) // the database never answers
	go handle(ctx, rows, make(chan int))
	cancel()
	fmt.Println("request cancelled")
}
