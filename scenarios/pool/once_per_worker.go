//heddle:want double-close

// Every worker guards the close of the shared stop channel with a sync.Once, but each has a Once
// of its own. A Once only knows its own first time: the second worker closes a closed channel.
// Mechanism: pool shutdown by a close under Once, where the Once is not shared.
package main

import (
	"fmt"
	"sync"
)

type worker struct {
	stop chan struct{} // shared by all
	once sync.Once     // should be shared as well
}

func (w *worker) Stop() {
	w.once.Do(func() { close(w.stop) })
}

func main() {
	stop := make(chan struct{})
	for i := 0; i < 2; i++ {
		w := &worker{stop: stop}
		go w.Stop()
	}
	<-stop
	fmt.Println("stopped")
}
