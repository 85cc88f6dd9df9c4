//heddle:want pass

// Blocked when main returns, but a timer will wake it.
package main

import "time"

func main() {
	go func() { <-time.After(time.Second) }()
}
