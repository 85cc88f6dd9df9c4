//heddle:want pass

// Whoever is done closes the channel, on every path.
package main

func main() {
	c := make(chan int)
	go func() {
		defer close(c)
	}()
	<-c
}
