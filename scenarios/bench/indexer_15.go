//heddle:want pass
//heddle:time ideal

// classes: 4096
// Fifteen tasks insert four messages each into a hash table, by compare-and-swap into the next free
// cell.
// Source: Flanagan and Godefroid, Dynamic Partial-Order Reduction for Model Checking Software, POPL
// 2005.
package main

import "sync/atomic"

const tasks, messages, size = 15, 4, 128

func main() {
	table := make([]int32, size)
	for id := 0; id < tasks; id++ {
		go func(id int) {
			for m := 1; m <= messages; m++ {
				word := m*11 + id
				cell := word * 7 % size
				for !atomic.CompareAndSwapInt32(&table[cell], 0, int32(word)) {
					cell = (cell + 1) % size
				}
			}
		}(id)
	}
}
