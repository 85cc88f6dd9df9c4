//heddle:want pass

// A wait that may be in vain has an end.
package main

import "time"

func main() {
	c := make(chan int)
	select {
	case <-c:
	case <-time.After(time.Second):
	}
}
