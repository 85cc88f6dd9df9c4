//heddle:want pass
//heddle:time ideal

// classes: 1
// Trees of contexts that have no node in common do not disturb each other.
package main

import "context"

const n = 4

func main() {
	for i := 0; i < n; i++ {
		go func() {
			parent, cancel := context.WithCancel(context.Background())
			child, cancelChild := context.WithCancel(parent)
			cancel()
			<-child.Done()
			_ = child.Err()
			cancelChild()
		}()
	}
}
