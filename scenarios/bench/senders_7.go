//heddle:want pass
//heddle:time ideal

// classes: 5040
// Formula: n!. n senders and one receiver on an unbuffered channel.
package main

const n = 7

func main() {
	c := make(chan int)
	for i := 0; i < n; i++ {
		go func(i int) { c <- i }(i)
	}
	for i := 0; i < n; i++ {
		<-c
	}
}
