//heddle:want pass

// A context whose time has run out is done, even if nobody called its cancel function.
package main

import (
	"context"
	"time"
)

func main() {
	ctx, _ := context.WithTimeout(context.Background(), time.Second)
	<-ctx.Done()
}
