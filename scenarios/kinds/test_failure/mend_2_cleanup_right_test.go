//heddle:want pass

// Or a cleanup function does, however the test ends.
package main

import "testing"

func TestLog(t *testing.T) {
	done := make(chan struct{})
	t.Cleanup(func() { <-done })
	go func() {
		t.Log("working")
		close(done)
	}()
}
