//heddle:want pass

// The test collects both results and compares them without their order, so no schedule can make
// it fail.
// Mechanism: a test that does not depend on the schedule.
package main

import (
	"sort"
	"strings"
	"testing"
)

func TestResultsInAnyOrder(t *testing.T) {
	results := make(chan string, 2)
	for _, name := range []string{"east", "west"} {
		go func(name string) { results <- name }(name)
	}
	got := []string{<-results, <-results}
	sort.Strings(got)
	if s := strings.Join(got, " "); s != "east west" {
		t.Errorf("results are %q", s)
	}
}
