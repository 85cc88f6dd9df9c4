//heddle:want pass

// Myth: WithTimeout under a cancelled parent still waits for its own timeout.
// Truth: it is cancelled before it is returned, and its error is the parent's.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	parent, cancelParent := context.WithCancel(context.Background())
	cancelParent()
	child, cancelChild := context.WithTimeout(parent, time.Hour)
	defer cancelChild()
	select {
	case <-child.Done():
	default:
		panic("the child is not done yet")
	}
	if child.Err() != context.Canceled {
		panic("the child has another error than its parent")
	}
	fmt.Println("child:", child.Err())
}
