//heddle:want test-failure

// The goroutine may log after the test has returned.
package main

import "testing"

func TestLog(t *testing.T) {
	go t.Log("working")
}
