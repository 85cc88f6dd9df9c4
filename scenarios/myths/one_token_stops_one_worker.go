//heddle:want deadlock

// Myth: one send on a done channel of capacity one stops a pool.
// Truth: it stops one worker, the one that takes the token. The other waits on, and wg.Wait with
// it: main blocks for ever and the line after it is never reached.
package main

import (
	"fmt"
	"sync"
)

func main() {
	done := make(chan struct{}, 1)
	var stopped [2]bool
	var wg sync.WaitGroup
	for i := range stopped {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			<-done
			stopped[i] = true
		}(i)
	}
	done <- struct{}{}
	wg.Wait()
	panic(fmt.Sprint("one token stopped the whole pool: ", stopped))
}
