//heddle:want pass

// Wait until it is there.
package main

func main() {
	c := make(chan *int)
	go func() { c <- new(int) }()
	_ = *<-c
}
