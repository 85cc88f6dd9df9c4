package main

import (
	"fmt"
	"runtime"
)

func main() {
	done := make(chan int)
	go func() {
		defer close(done)
		defer func() { fmt.Println("recover in goexit:", recover()) }()
		func() {
			defer func() {
				defer func() { fmt.Println(recover()) }()
				panic("during goexit")
			}()
			runtime.Goexit()
		}()
		fmt.Println("unreachable")
	}()
	<-done
	defer fmt.Println("main deferred")
	runtime.Goexit()
}
