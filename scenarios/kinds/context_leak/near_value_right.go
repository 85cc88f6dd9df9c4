//heddle:want pass

// WithValue gives no cancel function, so there is none to call.
package main

import "context"

type key struct{}

func main() {
	_ = context.WithValue(context.Background(), key{}, 1)
}
