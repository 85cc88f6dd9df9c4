package main

import (
	"errors"
	"fmt"
)

func f() {
	defer func() {
		defer func() { panic(fmt.Sprint("third ", 3)) }()
		panic(errors.New("second"))
	}()
	defer func() { recover(); panic("again") }()
	panic("first")
}
func main() { f() }
