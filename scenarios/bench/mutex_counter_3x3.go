//heddle:want pass
//heddle:time ideal

// classes: 1680
// Formula: (t m)! / m!^t. Three tasks lock a mutex three times each: one class for each order of
// the locks.
package main

import "sync"

const tasks, rounds = 3, 3

func main() {
	var mu sync.Mutex
	counter := 0
	for t := 0; t < tasks; t++ {
		go func() {
			for i := 0; i < rounds; i++ {
				mu.Lock()
				counter++
				mu.Unlock()
			}
		}()
	}
}
