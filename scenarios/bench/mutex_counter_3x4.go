//heddle:want pass
//heddle:time ideal

// classes: 34650
// Formula: (t m)! / m!^t. Three tasks lock a mutex four times each: one class for each order of
// the locks.
package main

import "sync"

const tasks, rounds = 3, 4

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
