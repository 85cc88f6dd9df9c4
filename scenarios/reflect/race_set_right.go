//heddle:want pass

// A struct is filled in through package reflect, and read once the one who fills it has said so.
//
// Goroutines may use different fields of one struct at the same time, through reflect as without.
// Mechanism: different fields of one struct.
package main

import (
	"fmt"
	"reflect"
)

type settings struct {
	Retries int
	Verbose bool
}

func main() {
	s := &settings{}
	done := make(chan bool)
	go func() {
		reflect.ValueOf(s).Elem().FieldByName("Retries").SetInt(3)
		done <- true
	}()
	reflect.ValueOf(s).Elem().FieldByName("Verbose").SetBool(true)
	<-done
	fmt.Println(*s)
}
