//heddle:want pass

//heddle:lang go1.21

// A cancel with a cause keeps the reason beside the general "context canceled". Two failures
// compete; whichever comes first is the cause, for the context and for its child as well, and the
// other one changes nothing.
// Mechanism: life cycle of a context with causes.
package main

import (
	"context"
	"errors"
	"fmt"
)

func main() {
	disk, network := errors.New("disk full"), errors.New("network down")
	parent, fail := context.WithCancelCause(context.Background())
	child, cancel := context.WithCancel(parent)
	defer cancel()
	go fail(disk)
	fail(network)

	<-child.Done()
	cause := context.Cause(child)
	if cause != disk && cause != network {
		panic("neither failure is the cause")
	}
	if context.Cause(parent) != cause {
		panic("parent and child disagree")
	}
	fmt.Println(child.Err())
}
