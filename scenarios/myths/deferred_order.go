//heddle:want pass

// Myth: of three deferred calls, the one that recovers runs first during a panic.
// Truth: deferred calls run last in, first out, whatever they do: number two, the recovering
// one, number one. Those that run before the recover still see the panic under way.
package main

import (
	"fmt"
	"strings"
)

func run() (order []string) {
	defer func() { order = append(order, "first") }()
	defer func() { order = append(order, fmt.Sprint("recover ", recover())) }()
	defer func() { order = append(order, "second") }()
	panic("boom")
}

func main() {
	order := strings.Join(run(), ", ")
	if order != "second, recover boom, first" {
		panic("another order: " + order)
	}
	fmt.Println(order)
}
