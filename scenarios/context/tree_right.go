//heddle:want pass

// A cancel in the middle of a tree reaches every descendant, through contexts that only carry a
// value as well, and nobody else: neither the sibling nor the root. The root's cancel then
// reaches the sibling too.
// Mechanism: cancel propagation through a tree of contexts, with values between.
package main

import (
	"context"
	"fmt"
	"sync"
)

type key string

func main() {
	root, cancelRoot := context.WithCancel(context.Background())
	sibling, cancelSibling := context.WithCancel(root)
	defer cancelSibling()
	middle, cancelMiddle := context.WithCancel(context.WithValue(root, key("user"), "ada"))
	leaf, cancelLeaf := context.WithCancel(context.WithValue(middle, key("trace"), 7))
	defer cancelLeaf()

	var wg sync.WaitGroup
	for _, ctx := range []context.Context{middle, leaf} {
		wg.Add(1)
		go func(ctx context.Context) {
			defer wg.Done()
			<-ctx.Done()
		}(ctx)
	}
	cancelMiddle()
	wg.Wait()
	fmt.Println("leaf:", leaf.Err(), leaf.Value(key("user")), leaf.Value(key("trace")))
	fmt.Println("sibling:", sibling.Err(), "root:", root.Err())

	cancelRoot()
	<-sibling.Done()
	fmt.Println("sibling:", sibling.Err())
}
