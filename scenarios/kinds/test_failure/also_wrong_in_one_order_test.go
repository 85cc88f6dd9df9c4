//heddle:want test-failure

// The test asks for the value that only one order gives.
package main

import (
	"sync/atomic"
	"testing"
)

func TestFirst(t *testing.T) {
	var n atomic.Int32
	done := make(chan struct{})
	go func() {
		n.CompareAndSwap(0, 1)
		close(done)
	}()
	n.CompareAndSwap(0, 2)
	<-done
	if n.Load() != 2 {
		t.Errorf("n = %d", n.Load())
	}
}
