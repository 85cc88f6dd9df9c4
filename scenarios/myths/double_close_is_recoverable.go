//heddle:want masked-panic

// Myth: the panic of closing a closed channel cannot be recovered.
// Truth: it is an ordinary run-time panic, and recover returns it. (heddle still reports it:
// a recovered double close is a bug that hides.)
package main

import "fmt"

func closeTwice(ch chan int) (caught any) {
	defer func() { caught = recover() }()
	close(ch)
	close(ch)
	return nil
}

func main() {
	caught := closeTwice(make(chan int))
	if caught == nil {
		panic("recover did not catch it")
	}
	fmt.Println("recovered:", caught)
}
