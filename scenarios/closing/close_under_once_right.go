//heddle:want pass

// Whoever wants to stop calls the same sync.Once. Looking and closing are one step in it, and a
// second caller waits until the first has closed the channel.
// Mechanism: two closers of one channel, made one by a Once.
package main

import (
	"fmt"
	"sync"
)

type quitter struct {
	once sync.Once
	quit chan struct{}
}

func (q *quitter) stop() {
	q.once.Do(func() { close(q.quit) })
}

func main() {
	q := &quitter{quit: make(chan struct{})}
	go q.stop()
	q.stop()
	<-q.quit
	fmt.Println("stopped")
}
