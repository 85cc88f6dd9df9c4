//heddle:want pass

// The mended twin of leak.go: Swap looks and sets in one step, so exactly one replica finds the
// flag unset and sends, whatever the schedule; the other one returns.
// Mechanism: first result wins, with a flag that is tested and set at once.
package main

import (
	"fmt"
	"sync/atomic"
)

func ask(replica string) string {
	return "answer from " + replica
}

func first(replicas ...string) string {
	answers := make(chan string)
	var answered atomic.Bool
	for _, replica := range replicas {
		go func(replica string) {
			answer := ask(replica)
			if answered.Swap(true) {
				return // somebody was faster
			}
			answers <- answer
		}(replica)
	}
	return <-answers
}

func main() {
	fmt.Println(first("east", "west"))
}
