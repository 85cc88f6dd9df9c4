//heddle:want pass

// Or derive none: pass on the one that there is.
package main

import "context"

func work(ctx context.Context) { _ = ctx.Err() }

func main() {
	work(context.Background())
}
