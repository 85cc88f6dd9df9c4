//heddle:want pass
//heddle:time ideal

// classes: 3328
// Formula: 2^(n-2)(n+3). n writers each set a cell to its left neighbour's value plus one, while
// one reader looks for the last cell that is still zero.
package main

import "sync/atomic"

const n = 10

func main() {
	a := make([]int32, n+1)
	go func() {
		for i := n; atomic.LoadInt32(&a[i]) != 0; {
			i--
		}
	}()
	for j := 1; j <= n; j++ {
		go func(j int) {
			atomic.StoreInt32(&a[j], atomic.LoadInt32(&a[j-1])+1)
		}(j)
	}
}
