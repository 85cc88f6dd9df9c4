//heddle:want pass

// The test waits for what it starts.
package main

import (
	"sync"
	"testing"
)

func TestLog(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.Log("working")
	}()
	wg.Wait()
}
