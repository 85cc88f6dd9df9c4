//heddle:want pass

// The close of done is deferred right after the channel is made, so every way out of serve tells
// the listener, the early return on an error too.
// Mechanism: a goroutine listens to a done channel that every path closes.
package main

import (
	"errors"
	"fmt"
)

func serve(setUp func() error) error {
	done := make(chan struct{})
	defer close(done)
	go func() {
		<-done // then release what the listener holds
	}()
	if err := setUp(); err != nil {
		return err
	}
	return nil
}

func main() {
	err := serve(func() error { return errors.New("port in use") })
	fmt.Println("serve:", err)
}
