//heddle:want deadlock

// The error path returns without giving its place in the semaphore back. Whoever comes after the
// failed call waits for a place that nobody will free; if it comes first, all goes well.
// Mechanism: concurrency limit by a buffered channel, with a token lost on one path.
package main

import (
	"errors"
	"fmt"
)

func call(places chan struct{}, request string) error {
	places <- struct{}{}
	if request == "" {
		return errors.New("empty request") // the place is not given back
	}
	<-places
	return nil
}

func main() {
	places := make(chan struct{}, 1)
	failed := make(chan error, 1)
	go func() { failed <- call(places, "") }()
	fmt.Println("good call:", call(places, "hello"))
	fmt.Println("bad call:", <-failed)
}
