//heddle:want deadlock

// Every node of a hand-written tree has a lock of its own. Cancel locks the parent and then the
// child; detach locks the child and then the parent. When each holds its first lock, each waits
// for the other's, for ever.
// Mechanism: cancel propagation through a hand-written tree with a lock per node.
package main

import (
	"fmt"
	"sync"
)

type node struct {
	mu        sync.Mutex
	cancelled bool
	parent    *node
	child     *node
}

func (n *node) cancel() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cancelled = true
	if n.child != nil {
		n.child.cancel()
	}
}

func (n *node) detach() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.parent.mu.Lock()
	defer n.parent.mu.Unlock()
	n.parent.child = nil
}

func main() {
	parent := &node{}
	parent.child = &node{parent: parent}
	child := parent.child
	detached := make(chan bool)
	go func() {
		child.detach()
		detached <- true
	}()
	parent.cancel()
	fmt.Println("cancelled, child detached:", <-detached)
}
