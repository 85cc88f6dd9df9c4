//heddle:want pass
//heddle:time ideal

// classes: 16
// Formula: 2^n. Each of n goroutines has ended or not when they are counted.
package main

import "runtime"

const n = 4

func main() {
	for i := 0; i < n; i++ {
		go func() {}()
	}
	runtime.NumGoroutine()
}
