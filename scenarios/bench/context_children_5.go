//heddle:want pass
//heddle:time ideal

// classes: 1
// A cancel visits the children in some order, but whoever only waits for the own child cannot tell.
package main

import "context"

const n = 5

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	for i := 0; i < n; i++ {
		child, cancelChild := context.WithCancel(ctx)
		go func() {
			defer cancelChild()
			<-child.Done()
			_ = child.Err()
		}()
	}
	cancel()
}
