//heddle:want deadlock

// Rare, depth 3. Two locks in two orders; the short owner has to stop between its two for as long
// as the other one prepares.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var accounts, log sync.Mutex
	done := make(chan bool)
	go func() {
		steps(12)
		log.Lock()
		accounts.Lock()
		accounts.Unlock()
		log.Unlock()
		close(done)
	}()
	accounts.Lock()
	log.Lock()
	log.Unlock()
	accounts.Unlock()
	<-done
}

// steps stands for work that touches nothing shared.
func steps(n int) {
	var own atomic.Int32
	for i := 0; i < n; i++ {
		own.Add(1)
	}
}
