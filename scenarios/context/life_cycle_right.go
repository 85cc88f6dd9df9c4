//heddle:want pass

// A context ends once: by its cancel function, by its timeout or by its deadline, whichever comes
// first. The first reason stays; further calls of cancel, also at the same time from several
// goroutines, do nothing.
// Mechanism: life cycle of WithCancel, WithTimeout and WithDeadline; repeated cancel.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	fmt.Println("fresh:", ctx.Err())
	go cancel()
	cancel()
	<-ctx.Done()
	fmt.Println("cancelled:", ctx.Err())

	timed, stopTimed := context.WithTimeout(context.Background(), 5*time.Millisecond)
	<-timed.Done()
	stopTimed() // too late to change the reason
	fmt.Println("timed out:", timed.Err())

	past := time.Now().Add(-time.Second)
	late, stopLate := context.WithDeadline(context.Background(), past)
	defer stopLate()
	fmt.Println("deadline already over:", late.Err())
}
