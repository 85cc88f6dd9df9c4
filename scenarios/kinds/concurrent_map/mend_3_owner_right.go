//heddle:want pass

// One goroutine owns the map; the others send it what to store.
package main

func main() {
	m := map[int]bool{}
	keys := make(chan int)
	go func() { keys <- 1 }()
	m[<-keys] = true
	m[2] = true
}
