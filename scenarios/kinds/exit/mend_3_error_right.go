//heddle:want pass

// Return an error instead of log.Fatal, and let main decide.
package main

import "errors"

func open() error { return errors.New("no file") }

func main() {
	if err := open(); err != nil {
		println("failed:", err.Error())
	}
}
