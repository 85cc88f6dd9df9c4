//heddle:want pass

// A child that is derived while the parent is being cancelled: if the cancel came first, the
// child is done when its constructor returns; if not, the cancel reaches it. A child derived
// after the cancel is done at once, whatever its own timeout. None is missed.
// Mechanism: a child made after the parent was cancelled.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	parent, cancelParent := context.WithCancel(context.Background())
	go cancelParent()
	child, cancelChild := context.WithCancel(parent) // before or after the cancel
	defer cancelChild()
	<-child.Done()
	fmt.Println("child:", child.Err())

	late, cancelLate := context.WithTimeout(parent, time.Hour)
	defer cancelLate()
	fmt.Println("late child:", late.Err())
}
