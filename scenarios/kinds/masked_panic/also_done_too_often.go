//heddle:want masked-panic

// A negative counter, swallowed.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	defer func() { recover() }()
	wg.Done()
}
