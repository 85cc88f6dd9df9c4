//heddle:want goroutine-leak
//heddle:time ideal

// classes: 4
// Formula: n. The first result wins; the other senders wait for ever.
package main

const n = 4

func main() {
	c := make(chan int)
	for i := 0; i < n; i++ {
		go func(i int) { c <- i }(i)
	}
	<-c
}
