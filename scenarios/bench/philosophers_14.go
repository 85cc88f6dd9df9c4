//heddle:want pass
//heddle:time ideal

// classes: 16382
// Formula: 2^n - 2. Each fork is taken first by one neighbour or the other, but never all in a
// circle: the last philosopher takes the other fork first.
package main

import "sync"

const n = 14

func main() {
	forks := make([]sync.Mutex, n)
	for i := 0; i < n; i++ {
		first, second := &forks[i], &forks[(i+1)%n]
		if i == n-1 {
			first, second = second, first
		}
		go func() {
			first.Lock()
			second.Lock()
			first.Unlock()
			second.Unlock()
		}()
	}
}
