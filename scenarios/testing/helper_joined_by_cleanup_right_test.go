//heddle:want pass

// t.Cleanup registers what ends the helper goroutine and waits for it, right where it is
// started. It runs after the test however that ends, by t.Fatal as well.
// Mechanism: a goroutine that is joined when its test ends.
package main

import "testing"

func startHelper(t *testing.T) <-chan int {
	numbers, stop, ended := make(chan int), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for i := 1; ; i++ {
			select {
			case numbers <- i:
			case <-stop:
				return
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		<-ended
	})
	return numbers
}

func TestFirstNumber(t *testing.T) {
	numbers := startHelper(t)
	if got := <-numbers; got != 1 {
		t.Fatalf("first number is %d, want 1", got)
	}
}
