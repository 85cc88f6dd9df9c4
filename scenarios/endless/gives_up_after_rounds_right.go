//heddle:want pass

// A counter ends the loop: rounds that are counted are no repetition.
package main

func main() {
	closed := make(chan int)
	close(closed)
	for rounds := 0; rounds < 100; rounds++ {
		<-closed
	}
}
