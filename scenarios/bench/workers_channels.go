//heddle:want pass
//heddle:time ideal

// classes: 120
// Formula: n!. Workers that take a mutex in turn; each closes a channel of its own at the end.
package main

import "sync"

const n = 5

func main() {
	var mu sync.Mutex
	var ends []chan struct{}
	for i := 0; i < n; i++ {
		end := make(chan struct{})
		ends = append(ends, end)
		go func() {
			defer close(end)
			mu.Lock()
			mu.Unlock()
		}()
	}
	for _, end := range ends {
		<-end
	}
}
