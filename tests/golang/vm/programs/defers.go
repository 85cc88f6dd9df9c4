package main

import (
	"errors"
	"fmt"
)

type R struct{ name string }

func (r R) Close()   { fmt.Println("close", r.name) }
func (r *R) PClose() { fmt.Println("pclose", r.name) }

type Closer interface{ Close() }

func named() (x int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			x *= 2
		}
	}()
	x = 21
	panic("boom")
}

func unnamed() int {
	defer func() { recover() }()
	panic(1)
}

func order() {
	for i := 0; i < 3; i++ {
		defer fmt.Print(i, " ")
	}
	defer fmt.Println()
	x := 1
	defer fmt.Println("arg", x)
	x = 2
	defer func() { fmt.Println("closure", x) }()
	x = 3
}

func modify() (n int) {
	defer func() { n++ }()
	return 41
}

func helper() interface{} { return recover() }

func deep() (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("outer ", r)
		}
	}()
	defer func() {
		fmt.Println("helper sees", helper())
		func() { fmt.Println("nested sees", recover()) }()
	}()
	panic("deep")
}

func replace() (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	defer func() { panic("second") }()
	panic("first")
}

func recoverInside() (s string) {
	defer func() { s = fmt.Sprint("outer: ", recover()) }()
	defer func() {
		defer func() { fmt.Println("inner:", recover()) }()
		panic("inner")
	}()
	panic("outer")
}

func rethrow() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	func() {
		defer func() {
			r := recover()
			panic(fmt.Errorf("wrapped %v", r))
		}()
		panic(errors.New("base"))
	}()
	return nil
}

func methods() {
	r := R{"a"}
	defer r.Close()
	p := &r
	defer p.PClose()
	var c Closer = R{"i"}
	defer c.Close()
	r.name = "b"
	f := r.Close
	r.name = "c"
	defer f()
}

func loop() {
	for i := 0; i < 3; i++ {
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("loop", i, r)
				}
			}()
			if i == 1 {
				panic(i)
			}
			fmt.Println("fine", i)
		}()
	}
}

func directDefer() (s string) {
	defer func() { s = fmt.Sprint("not recovered by defer recover(): ", recover()) }()
	defer recover()
	panic("p")
}

func nilFunc() (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	var f func()
	defer f()
	fmt.Println("before")
	return "x"
}

func many() int {
	n := 0
	defer func() { fmt.Println("many", n) }()
	for i := 0; i < 1000; i++ {
		defer func(k int) { n += k }(i)
	}
	return n
}

func recursive(n int) (r int) {
	defer func() {
		if x := recover(); x != nil {
			r = x.(int) + 1
			if n > 0 {
				panic(r)
			}
		}
	}()
	if n == 5 {
		panic(0)
	}
	return recursive(n + 1)
}

func afterRecover() {
	defer fmt.Println("still deferred")
	defer func() { recover() }()
	var m map[string]int
	m["x"] = 1
	fmt.Println("unreachable")
}

func main() {
	fmt.Println(named())
	fmt.Println(unnamed())
	order()
	fmt.Println(modify())
	fmt.Println(deep())
	fmt.Println(replace())
	fmt.Println(recoverInside())
	fmt.Println(rethrow())
	methods()
	loop()
	fmt.Println(directDefer())
	fmt.Println(nilFunc())
	many()
	fmt.Println(recursive(0))
	afterRecover()
	fmt.Println(recover())
	defer fmt.Println("main deferred")
}
