//heddle:want test-failure

// The test starts two goroutines and expects their results in the order of the go statements.
// They come in any order: a flaky test, green on most machines on most days.
// Mechanism: a test that depends on the schedule.
package main

import "testing"

func TestResultsInOrder(t *testing.T) {
	results := make(chan string, 2)
	for _, name := range []string{"east", "west"} {
		go func(name string) { results <- name }(name)
	}
	if got := <-results; got != "east" {
		t.Errorf("first result is %q, want %q", got, "east")
	}
	<-results
}
