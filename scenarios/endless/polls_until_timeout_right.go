//heddle:want pass

// It polls without end in sight, but its time runs out.
package main

import "time"

func main() {
	result, timeout := make(chan int), time.After(time.Second)
	for {
		select {
		case <-result:
			return
		case <-timeout:
			return
		default:
		}
	}
}
