package main

import "fmt"

type T struct {
	next *T
	v    [10]int
}

func (t *T) get() int { return t.next.v[2] }
func main() {
	defer fmt.Println("deferred")
	t := &T{}
	fmt.Println(t.get())
}
