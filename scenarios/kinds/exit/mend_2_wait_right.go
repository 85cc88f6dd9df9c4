//heddle:want pass

// Wait for the goroutines first.
package main

import (
	"os"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go wg.Done()
	wg.Wait()
	os.Exit(0)
}
