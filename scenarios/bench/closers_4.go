//heddle:want double-close
//heddle:time ideal

// classes: 4
// Formula: n. Of n closers one comes first; the others panic.
package main

const n = 4

func main() {
	c := make(chan int)
	for i := 0; i < n; i++ {
		go func() { close(c) }()
	}
}
