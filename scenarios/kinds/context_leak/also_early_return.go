//heddle:want context-leak

// One path returns before the cancel.
package main

import (
	"context"
	"errors"
)

func load(fail bool) error {
	_, cancel := context.WithCancel(context.Background())
	if fail {
		return errors.New("no file")
	}
	cancel()
	return nil
}

func main() {
	_ = load(true)
}
