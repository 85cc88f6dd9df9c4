//heddle:want pass
//heddle:time ideal

// classes: 1
// Any number of receivers of a closed channel: whether one waited before the close, nobody can
// tell.
package main

const n = 5

func main() {
	c := make(chan int)
	for i := 0; i < n; i++ {
		go func() { <-c }()
	}
	close(c)
}
