//heddle:want pass
//heddle:time ideal

// classes: 5
// Formula: n. Of n callers of a Once one comes first; the others find it done, in whatever order.
package main

import "sync"

const n = 5

func main() {
	var once sync.Once
	for i := 0; i < n; i++ {
		go once.Do(func() {})
	}
}
