//heddle:want pass

// Seven goroutines sleep, each for another while, and work on something of their own. Nothing that
// anybody can see depends on who wakes first, so there is one execution to look at, even when
// goroutines may be slow.
// Mechanism: sleepers that have nothing to do with each other, joined by a WaitGroup.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	naps := make([]int, 7)
	for i := range naps {
		i := i
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Duration(7-i) * time.Millisecond)
			naps[i]++
		}()
	}
	wg.Wait()
	fmt.Println(naps)
}
