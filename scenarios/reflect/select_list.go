//heddle:want goroutine-leak

// Receives from a list of channels with reflect.Select until each of them is closed, but forgets to
// take a closed one off the list.
//
// reflect.Select is a select statement: a closed channel is always ready. It may be taken again and
// again, and is counted each time, so that the loop ends before the other channel is drained; its
// sender is left behind.
// Mechanism: a closed channel left in a reflect.Select.
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
		_, v, ok := reflect.Select(cases)
		if !ok {
			open--
			continue
		}
		sum += int(v.Int())
	}
	return sum
}

func main() {
	fmt.Println(merge(produce(), produce(1)) <= 1)
}
