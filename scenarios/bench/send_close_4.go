//heddle:want send-on-closed
//heddle:time ideal

// classes: 65
// Formula: floor(e n!). n senders with room for all of them, against one close.
package main

const n = 4

func main() {
	c := make(chan int, n)
	for i := 0; i < n; i++ {
		go func(i int) { c <- i }(i)
	}
	go close(c)
}
