//heddle:want pass

// Several senders: close when all of them have returned.
package main

import "sync"

func main() {
	c := make(chan int, 2)
	var senders sync.WaitGroup
	for i := 0; i < 2; i++ {
		senders.Add(1)
		go func() {
			defer senders.Done()
			c <- 1
		}()
	}
	senders.Wait()
	close(c)
}
