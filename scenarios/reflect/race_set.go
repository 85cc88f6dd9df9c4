//heddle:want data-race

// A struct is filled in through package reflect while another goroutine reads a field of it.
//
// What reflect reads and writes are ordinary accesses: nothing orders the two, so this is a data
// race, though no line of the program names the field that is written.
// Mechanism: reflection reads and writes as plain accesses.
package main

import (
	"fmt"
	"reflect"
)

type settings struct {
	Retries int
	Verbose bool
}

func fill(target any) {
	v := reflect.ValueOf(target).Elem()
	for i := 0; i < v.NumField(); i++ {
		if f := v.Field(i); f.CanInt() {
			f.SetInt(3)
		}
	}
}

func main() {
	s := &settings{}
	done := make(chan bool)
	go func() {
		fill(s)
		done <- true
	}()
	retries := s.Retries
	<-done
	fmt.Println(retries <= s.Retries)
}
