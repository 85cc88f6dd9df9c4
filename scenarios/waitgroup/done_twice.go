//heddle:want waitgroup-misuse

// Done is deferred, and the error path calls it once more. The counter reaches zero too early, so
// Wait may return while a worker still runs, and that worker's own Done makes it negative: Go
// panics with "sync: negative WaitGroup counter".
// Mechanism: WaitGroup join with one Done too many.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	for i := 0; i < 2; i++ {
		go func(i int) {
			defer wg.Done()
			if i == 1 { // the error path
				wg.Done()
			}
		}(i)
	}
	wg.Wait()
	fmt.Println("joined")
}
