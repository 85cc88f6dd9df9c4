//heddle:want pass
//heddle:time ideal

// classes: 32
// Formula: 2^n. n sends into a buffer against n polls: each poll finds something or not.
package main

const n = 5

func main() {
	c := make(chan int, n)
	go func() {
		for i := 0; i < n; i++ {
			c <- i
		}
	}()
	go func() {
		for i := 0; i < n; i++ {
			select {
			case <-c:
			default:
			}
		}
	}()
}
