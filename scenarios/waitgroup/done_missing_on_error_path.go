//heddle:want deadlock

// Done is called at the end of the worker, but the error path returns before. The counter never
// comes down to zero and Wait never returns.
// Mechanism: WaitGroup join with a path that forgets Done.
package main

import (
	"errors"
	"fmt"
	"sync"
)

func work(i int) error {
	if i == 1 {
		return errors.New("no such shard")
	}
	return nil
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func(i int) {
			if err := work(i); err != nil {
				return // should also call Done: defer it
			}
			wg.Done()
		}(i)
	}
	wg.Wait()
	fmt.Println("all shards searched")
}
