//heddle:want deadlock

// The worker gets a copy of the WaitGroup. It counts the copy down, main waits for the original,
// which stays at one. (go vet reports the copy.)
// Mechanism: WaitGroup join through a copied WaitGroup.
package main

import (
	"fmt"
	"sync"
)

func worker(wg sync.WaitGroup) { // should be *sync.WaitGroup
	defer wg.Done()
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(wg)
	wg.Wait()
	fmt.Println("joined")
}
