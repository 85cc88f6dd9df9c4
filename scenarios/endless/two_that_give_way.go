//heddle:want livelock

// Two goroutines each hold one lock, try the other and give way. In step, they do so forever.
package main

import "sync"

func polite(first, second *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		first.Lock()
		if second.TryLock() {
			second.Unlock()
			first.Unlock()
			return
		}
		first.Unlock()
	}
}

func main() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	go polite(&a, &b, &wg)
	go polite(&b, &a, &wg)
	wg.Wait()
}
