//heddle:want pass

// Add comes before the go statement and Done is deferred as the first thing in the goroutine. So
// the counter is never zero while a worker is still to come, and Wait returns after the last one.
// Mechanism: WaitGroup join.
package main

import (
	"fmt"
	"sync"
)

func main() {
	squares := make([]int, 3)
	var wg sync.WaitGroup
	for i := range squares {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			squares[i] = i * i
		}(i)
	}
	wg.Wait()
	fmt.Println(squares)
}
