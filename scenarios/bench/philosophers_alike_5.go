//heddle:want goroutine-leak
//heddle:time ideal

// classes: 31
// Formula: 2^n - 1. All philosophers take their own fork first, so that once they all starve.
package main

import "sync"

const n = 5

func main() {
	forks := make([]sync.Mutex, n)
	for i := 0; i < n; i++ {
		go func(i int) {
			forks[i].Lock()
			forks[(i+1)%n].Lock()
			forks[i].Unlock()
			forks[(i+1)%n].Unlock()
		}(i)
	}
}
