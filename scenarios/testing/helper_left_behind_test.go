//heddle:want goroutine-leak

// The test passes, but the helper goroutine that feeds it is left behind: the test takes one of
// two values and returns. Such leftovers pile up and disturb the tests that come later.
// Mechanism: a goroutine that outlives its test.
package main

import "testing"

func TestFirstNumber(t *testing.T) {
	numbers := make(chan int)
	go func() {
		for i := 1; i <= 2; i++ {
			numbers <- i
		}
	}()
	if got := <-numbers; got != 1 {
		t.Fatalf("first number is %d, want 1", got)
	}
}
