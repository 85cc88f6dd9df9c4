//heddle:want pass

// It spins, but main sets the flag in every order.
package main

import "sync/atomic"

func main() {
	var ready atomic.Bool
	go ready.Store(true)
	for !ready.Load() {
	}
}
