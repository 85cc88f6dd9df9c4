//heddle:want pass
//heddle:time ideal

// classes: 12870
// Formula: C(2n, n). A select takes n values from each of two producers.
package main

const n = 8

func produce(c chan int) {
	for i := 0; i < n; i++ {
		c <- i
	}
}

func main() {
	a, b := make(chan int), make(chan int)
	go produce(a)
	go produce(b)
	for i := 0; i < 2*n; i++ {
		select {
		case <-a:
		case <-b:
		}
	}
}
