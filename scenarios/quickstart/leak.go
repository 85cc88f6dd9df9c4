//heddle:want goroutine-leak

// Two replicas are asked at once, and the first answer wins. The slower one looks at an atomic
// flag and stays silent, since nobody receives a second answer. But looking and setting are two
// steps: when both look before either sets, both send, and the second send blocks for ever. Real
// Go shows that in fewer than one of a thousand runs.
// Mechanism: first result wins, with a flag that is checked and then set.
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
			if answered.Load() {
				return // somebody was faster
			}
			answered.Store(true)
			answers <- answer
		}(replica)
	}
	return <-answers
}

func main() {
	fmt.Println(first("east", "west"))
}
