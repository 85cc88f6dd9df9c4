//heddle:want pass

// Closing a channel is a broadcast: every listener gets it, those that already wait and those
// that come later. So the number of listeners need not be known to the one who stops them.
// Mechanism: close(done) as a broadcast to several listeners.
package main

import (
	"fmt"
	"sync"
)

func main() {
	const listeners = 3
	done := make(chan struct{})
	var wg sync.WaitGroup
	for i := 0; i < listeners; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-done
		}()
	}

	close(done)
	wg.Wait()
	fmt.Println("listeners stopped:", listeners)
}
