//heddle:want livelock

// Two goroutines hand one value to and fro without end.
package main

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for ball := range ping {
			pong <- ball
		}
	}()
	for ball := 1; ; ball = <-pong {
		ping <- ball
	}
}
