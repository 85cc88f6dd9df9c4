//heddle:want pass

// Two callers may ask the pool to stop, in any order or at once. The one sync.Once that belongs
// to the channel lets exactly one of them close it, and that ends every worker.
// Mechanism: pool shutdown by a close under Once, then a WaitGroup join.
package main

import (
	"fmt"
	"sync"
)

type pool struct {
	stop chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

func (p *pool) Stop() {
	p.once.Do(func() { close(p.stop) })
}

func main() {
	p := &pool{stop: make(chan struct{})}
	for i := 0; i < 2; i++ {
		p.wg.Add(1)
		go func() {
			defer p.wg.Done()
			<-p.stop
		}()
	}

	go p.Stop()
	p.Stop()
	p.wg.Wait()
	fmt.Println("pool stopped")
}
