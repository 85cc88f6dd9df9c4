//heddle:want data-race

// A hand-written tree of cancel nodes without a lock: while one goroutine attaches a child,
// another walks the list of children to cancel them. The list is written and read at once.
// Mechanism: cancel propagation through a hand-written tree.
package main

import "fmt"

type node struct {
	done     chan struct{}
	children []*node
}

func (n *node) attach() {
	child := &node{done: make(chan struct{})}
	n.children = append(n.children, child)
}

func (n *node) cancel() {
	close(n.done)
	for _, child := range n.children {
		child.cancel()
	}
}

func main() {
	root := &node{done: make(chan struct{})}
	attached := make(chan bool)
	go func() {
		root.attach()
		attached <- true
	}()
	root.cancel()
	fmt.Println("cancelled, child attached:", <-attached)
}
