//heddle:want lost-cancel

// The loop goes on with every tick and never asks its context: it runs forever.
package main

import (
	"context"
	"time"
)

func beat(ctx context.Context, t *time.Ticker) {
	for range t.C {
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	go beat(ctx, time.NewTicker(time.Second))
	cancel()
}
