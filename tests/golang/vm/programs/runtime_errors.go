package main

import "fmt"

type S struct {
	A int
	B string
}
type E struct{ x int }

func (e E) Error() string { return "myerr" }

type T2 struct{}

func (*T2) Foo() {}

type Iface interface{ Foo() }

func try(f func()) {
	defer func() { r := recover(); fmt.Printf("%T %v\n", r, r) }()
	f()
}

func main() {
	var m map[string]int
	var e interface{} = "s"
	var nilp *S
	var ifn Iface
	var a []int
	z, n, k, j := 0, -1, 5, 1
	try(func() { m["a"] = 1 })
	try(func() { _ = e.(int) })
	try(func() { _ = e.(Iface) })
	try(func() { _ = ifn.(interface{ Bar() }) })
	try(func() { var x interface{}; _ = x.(int) })
	try(func() { var x interface{}; _ = x.(Iface) })
	try(func() { _ = ifn.(*T2) })
	try(func() { var x error = E{}; _ = x.(interface{ Foo() }) })
	try(func() { var x error = E{}; _ = x.(*E2) })
	try(func() { _ = nilp.A })
	try(func() { nilp.B = "x" })
	try(func() { _ = a[k] })
	try(func() { a[n] = 1 })
	try(func() { _ = a[:k] })
	try(func() { _ = a[k:] })
	try(func() { a = make([]int, 3); _ = a[k:2] })
	try(func() { _ = a[2:j:k] })
	try(func() { _ = a[k:j:2] })
	try(func() { _ = a[k-4 : k : 3] })
	try(func() { _ = a[n:] })
	try(func() { _ = a[:n] })
	try(func() { _ = "abc"[k:] })
	try(func() { _ = "abc"[:k] })
	try(func() { s := "abc"; _ = s[k] })
	try(func() { s := "abc"; _ = s[2:j] })
	try(func() { s := [3]int{}; _ = s[:k] })
	try(func() { s := [3]int{}; p := &s; _ = p[k:] })
	try(func() { s := [3]int{}; p := &s; _ = p[k-4 : k-3 : k] })
	try(func() { s := [3]int{}; _ = s[k] })
	try(func() { var p *[3]int; _ = p[j] })
	try(func() { s := [3]int{}; s[k] = 2 })
	try(func() { _ = 1 / z })
	try(func() { _ = k % z })
	try(func() { _ = 1 << n })
	try(func() { k := k; k >>= n })
	try(func() { _ = make([]int, n) })
	try(func() { _ = make([]int, 1, z) })
	try(func() { _ = make([]int, 1<<62) })
	try(func() { _ = make(chan int, n) })
	try(func() { var x, y interface{} = []int{}, []int{}; _ = x == y })
	try(func() { m := map[interface{}]int{}; m[[]int{}] = 1 })
	try(func() { m := map[interface{}]int{}; _ = m[map[int]int{}] })
	try(func() { var c chan int; close(c) })
	try(func() { c := make(chan int); close(c); close(c) })
	try(func() { c := make(chan int); close(c); c <- 1 })
	try(func() { c := make(chan int); close(c); select { case c <- 1: default: } })
	try(func() { var f func(); f() })
	try(func() { type S struct{ f []int }; var x, y interface{} = S{}, S{}; _ = x == y })
	try(func() {
		type S struct{ f interface{} }
		var x, y interface{} = S{[]int{}}, S{[]int{}}
		_ = x == y
	})
	try(func() { panic(fmt.Errorf("err %d", 1)) })
	try(func() { panic(S{1, "b"}) })
	try(func() { var fs []func(); fs[0]() })
	try(func() { var e error; _ = e.Error() })
	try(func() { _ = m["absent"] / m["absent"] })
	try(func() { var mm map[string]map[string]int; mm["a"]["b"] = 1 })
	try(func() { var pp **int; **pp = 1 })
}

type E2 struct{}

func (*E2) Error() string { return "" }
