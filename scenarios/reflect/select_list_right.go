//heddle:want pass

// Receives from a list of channels with reflect.Select until each of them is closed, and takes a
// closed one off the list.
//
// reflect.Select is a select statement: whichever of the ready channels is taken, all is received.
// Mechanism: reflect.Select over a shrinking list.
package main

import (
	"fmt"
	"reflect"
)

func produce(values ...int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for _, v := range values {
			c <- v
		}
	}()
	return c
}

func merge(channels ...<-chan int) (sum int) {
	var cases []reflect.SelectCase
	for _, c := range channels {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c)})
	}
	for open := len(cases); open > 0; {
		i, v, ok := reflect.Select(cases)
		if !ok {
			cases[i].Chan = reflect.Value{}
			open--
			continue
		}
		sum += int(v.Int())
	}
	return sum
}

func main() {
	fmt.Println(merge(produce(), produce(1)))
}
