//heddle:want test-failure

// A goroutine that nobody waits for may call Error after the end.
package main

import "testing"

func TestCount(t *testing.T) {
	started := make(chan struct{})
	go func() {
		close(started)
		if 1+1 != 2 {
			return
		}
		t.Log("counted")
	}()
	<-started
}
