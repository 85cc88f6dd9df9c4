//heddle:want pass

// Deferred calls run last in, first out, also during a panic. A recover in the outermost
// deferred function of a goroutine runs after all others, stops the panic there, and turns it
// into an error for whoever waits: the program survives.
// Mechanism: a chain of defer, panic and recover, with recover at the outermost place.
package main

import "fmt"

func worker(order *[]string, failed chan<- error) {
	defer func() {
		if p := recover(); p != nil {
			*order = append(*order, "recover")
			failed <- fmt.Errorf("worker: %v", p)
		}
	}()
	defer func() { *order = append(*order, "first deferred") }()
	defer func() { *order = append(*order, "second deferred") }()
	var table map[string]int
	table["x"] = 1 // panics: the map is nil
}

func main() {
	var order []string
	failed := make(chan error)
	go worker(&order, failed)
	fmt.Println(<-failed)
	fmt.Println(order)
}
