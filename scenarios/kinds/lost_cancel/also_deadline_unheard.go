//heddle:want lost-cancel

// The deadline passes while it waits for a lock that is never given back.
package main

import (
	"context"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	mu.Lock()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	go func(ctx context.Context) {
		mu.Lock()
		_ = ctx
	}(ctx)
	<-ctx.Done()
}
