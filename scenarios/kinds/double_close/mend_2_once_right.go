//heddle:want pass

// Whoever may have to close does so under one shared Once.
package main

import "sync"

func main() {
	done := make(chan struct{})
	var once sync.Once
	stop := func() { once.Do(func() { close(done) }) }
	go stop()
	stop()
}
