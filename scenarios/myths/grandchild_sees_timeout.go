//heddle:want pass

// Myth: a third-level child misses its grandparent's timeout.
// Truth: the end of a context reaches every descendant, at any depth, with the same error.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	top, cancelTop := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancelTop()
	second, cancelSecond := context.WithCancel(top)
	defer cancelSecond()
	third, cancelThird := context.WithCancel(second)
	defer cancelThird()

	ended := make(chan error)
	go func() {
		<-third.Done()
		ended <- third.Err()
	}()
	if err := <-ended; err != context.DeadlineExceeded {
		panic("the third level did not get the first level's error")
	}
	fmt.Println("third level:", third.Err())
}
