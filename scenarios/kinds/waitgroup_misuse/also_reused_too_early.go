//heddle:want waitgroup-misuse

// A second round begins while another goroutine may still be in the Wait of the first.
package main

import "sync"

func main() {
	var wg, both sync.WaitGroup
	wg.Add(1)
	both.Add(1)
	go func() {
		defer both.Done()
		wg.Wait()
	}()
	wg.Done()
	wg.Add(1)
	wg.Done()
	both.Wait()
}
