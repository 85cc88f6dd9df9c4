//heddle:want pass

// A function that a timer starts runs in a goroutine of its own, which counts.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	counted := make(chan int)
	time.AfterFunc(time.Millisecond, func() { counted <- runtime.NumGoroutine() })
	fmt.Println(<-counted)
}
