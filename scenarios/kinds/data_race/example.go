//heddle:want data-race

// A goroutine writes, main reads, nothing is in between.
package main

func main() {
	x := 0
	go func() { x = 1 }()
	_ = x
}
