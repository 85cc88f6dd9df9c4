//heddle:want pass
//heddle:time ideal

// classes: 32
// Formula: 2^n. Each of n readings of Err comes before or after the cancel; they do not disturb each
// other.
package main

import "context"

const n = 5

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	for i := 0; i < n; i++ {
		go ctx.Err()
	}
	cancel()
}
