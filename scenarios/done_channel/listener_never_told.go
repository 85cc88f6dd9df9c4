//heddle:want goroutine-leak

// The owner means to close done at its end, but an early return on an error comes first. Then
// nobody can ever end the listener: it waits on done for the rest of the program's life.
// Mechanism: a goroutine listens to a done channel that one path never closes.
package main

import (
	"errors"
	"fmt"
)

func serve(setUp func() error) error {
	done := make(chan struct{})
	go func() {
		<-done // then release what the listener holds
	}()
	if err := setUp(); err != nil {
		return err
	}
	close(done)
	return nil
}

func main() {
	err := serve(func() error { return errors.New("port in use") })
	fmt.Println("serve:", err)
}
