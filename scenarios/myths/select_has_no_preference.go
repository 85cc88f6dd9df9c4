//heddle:want panic

// Myth: select prefers the case that is written first, or ctx.Done.
// Truth: of the ready cases it may take any. Here both are ready, Done stands first, and the
// job may be taken all the same, after the cancel.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan string, 1)
	jobs <- "job"
	cancel()

	select {
	case <-ctx.Done():
		fmt.Println("stopped:", ctx.Err())
	case job := <-jobs:
		panic("took a " + job + " after the cancel")
	}
}
