//heddle:want pass

// Myth: a WithValue context breaks the chain of cancellation.
// Truth: it has no Done channel of its own, it shares its parent's. A cancel above it reaches
// the context itself and everything below.
package main

import (
	"context"
	"fmt"
)

type key struct{}

func main() {
	parent, cancel := context.WithCancel(context.Background())
	valued := context.WithValue(parent, key{}, "request 7")
	child, cancelChild := context.WithCancel(valued)
	defer cancelChild()
	if valued.Done() != parent.Done() {
		panic("WithValue has a Done channel of its own")
	}
	go cancel()
	<-child.Done()
	if valued.Err() != context.Canceled || child.Err() != context.Canceled {
		panic("the cancel did not pass WithValue")
	}
	fmt.Println(child.Value(key{}), "ended:", child.Err())
}
