//heddle:want pass

// A goroutine can leave by return, by runtime.Goexit or by a panic that a deferred call
// recovers. All three run the deferred calls, so the cleanup is never skipped. (os.Exit, and
// with it log.Fatal, runs none.)
// Mechanism: which ways out of a goroutine run its deferred calls.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	exits := []func(){
		func() {},
		func() { runtime.Goexit() },
		func() { panic("stop") },
	}
	cleaned := make([]bool, len(exits))
	var wg sync.WaitGroup
	for i := range exits {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			defer func() {
				recover()
				cleaned[i] = true
			}()
			exits[i]()
		}(i)
	}
	wg.Wait()
	fmt.Println("cleaned up after return, Goexit, panic:", cleaned)
}
