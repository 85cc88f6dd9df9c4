//heddle:want pass

// The place is given back by a deferred call, right after it was taken, so every path returns it.
// Mechanism: concurrency limit by a buffered channel, with the token returned on all paths.
package main

import (
	"errors"
	"fmt"
)

func call(places chan struct{}, request string) error {
	places <- struct{}{}
	defer func() { <-places }()
	if request == "" {
		return errors.New("empty request")
	}
	return nil
}

func main() {
	places := make(chan struct{}, 1)
	failed := make(chan error, 1)
	go func() { failed <- call(places, "") }()
	fmt.Println("good call:", call(places, "hello"))
	fmt.Println("bad call:", <-failed)
}
