//heddle:want pass
//heddle:time ideal

// classes: 1
// Timers of different goroutines do not disturb each other in ideal time, equal deadlines or not.
package main

import "time"

const n = 5

func main() {
	for i := 0; i < n; i++ {
		go func() {
			time.NewTimer(time.Second).Stop()
			time.Sleep(time.Millisecond)
			<-time.After(time.Millisecond)
		}()
	}
}
