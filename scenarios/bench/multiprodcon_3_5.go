//heddle:want pass
//heddle:time ideal

// classes: 2958
// Three producers draw numbers from a common sequence; what they drew last says which of five workers
// they disturb.
package main

import "sync"

const producers, workers = 3, 5

func main() {
	var mu sync.Mutex
	sequence := 0
	worker := make([]sync.Mutex, workers)
	for i := 0; i < workers; i++ {
		go func(i int) {
			for round := 0; round < 2; round++ {
				worker[i].Lock()
				worker[i].Unlock()
			}
		}(i)
	}
	for i := 0; i < producers; i++ {
		go func(i int) {
			drawn := 0
			for round := 0; round < 2; round++ {
				mu.Lock()
				sequence = sequence*producers + i
				drawn = sequence
				mu.Unlock()
			}
			worker[drawn%workers].Lock()
			worker[drawn%workers].Unlock()
		}(i)
	}
}
