// Functions, methods, channels, select, DeepEqual, and fmt of reflect values.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
)

type Calc struct{ base int }

func (c Calc) Add(x int) int { return c.base + x }
func (c *Calc) Set(x int)    { c.base = x }
func (c Calc) Many(a string, b ...int) (string, int, error) {
	return a, len(b), nil
}
func (c Calc) Self() Calc { return c }

type Adder interface{ Add(int) int }

type Big struct{ a, b, c, d int }

func (b Big) Total(e Big) (Big, int) {
	return Big{b.a + e.a, b.b + e.b, b.c, b.d}, b.a + b.b + b.c + b.d
}

type Tree struct {
	L, R *Tree
	V    int
}

func show(name string, f func() any) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: panic %v\n", name, e)
		}
	}()
	fmt.Printf("%s: %v\n", name, f())
}

func vals(xs ...any) (out []reflect.Value) {
	for _, x := range xs {
		out = append(out, reflect.ValueOf(x))
	}
	return out
}

func main() {
	v := reflect.ValueOf
	fmt.Println(v(func(a, b int) int { return a * b }).Call(vals(6, 7))[0].Int())
	out := v(Calc{1}).MethodByName("Many").Call(vals("x", 1, 2, 3))
	fmt.Println(out[0], out[1], out[2].IsNil(), len(out), out[2].Type())
	out = v(Calc{1}).MethodByName("Many").CallSlice(vals("y", []int{1, 2}))
	fmt.Println(out[0], out[1])
	c := &Calc{5}
	v(c).MethodByName("Set").Call(vals(50))
	fmt.Println(c.base, v(c).MethodByName("Add").Call(vals(1))[0])
	add := v(*c).MethodByName("Add").Interface().(func(int) int)
	c.base = 0
	fmt.Println(add(3), v(c).NumMethod(), v(*c).NumMethod(), v(c).Method(0).Type(), v(c).Method(0).Kind())
	var a Adder = Calc{9}
	av := v(&a).Elem()
	fmt.Println(av.Method(0).Call(vals(1))[0], av.NumMethod(), av.Elem().NumMethod(), av.Type().Method(0).Type)
	expr := reflect.TypeOf(Calc{}).Method(0).Func
	fmt.Println(expr.Type(), expr.Call(vals(Calc{7}, 8))[0])
	pexpr := reflect.TypeOf(c).Method(3).Func.Interface().(func(*Calc, int))
	pexpr(c, 77)
	fmt.Println(c.base)
	big := v(Big{1, 2, 3, 4})
	out = big.Method(0).Call(vals(Big{10, 20, 30, 40}))
	fmt.Println(out[0], out[1])
	bf := big.Method(0).Interface().(func(Big) (Big, int))
	fmt.Println(bf(Big{}))
	bx := big.Type().Method(0).Func.Interface().(func(Big, Big) (Big, int))
	fmt.Println(bx(Big{1, 1, 1, 1}, Big{2, 2, 2, 2}))
	fmt.Println(v(fmt.Sprintf).Call(vals("%d-%s", 1, "z"))[0], v(errors.New).Call(vals("err"))[0])

	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	var isw func(int, int) (int, int)
	v(&isw).Elem().Set(reflect.MakeFunc(reflect.TypeOf(isw), swap))
	fmt.Println(isw(1, 2))
	var ssw func(string, Big) (Big, string)
	v(&ssw).Elem().Set(reflect.MakeFunc(reflect.TypeOf(ssw), swap))
	fmt.Println(ssw("s", Big{d: 4}))
	var ifc func(int) error
	v(&ifc).Elem().Set(reflect.MakeFunc(reflect.TypeOf(ifc), func(in []reflect.Value) []reflect.Value {
		if in[0].Int() > 0 {
			return vals(errors.New("positive"))
		}
		return []reflect.Value{reflect.Zero(reflect.TypeOf((*error)(nil)).Elem())}
	}))
	fmt.Println(ifc(1), ifc(0))
	var variadic func(string, ...int) int
	v(&variadic).Elem().Set(reflect.MakeFunc(reflect.TypeOf(variadic), func(in []reflect.Value) []reflect.Value {
		return vals(in[1].Len() + len(in))
	}))
	fmt.Println(variadic("a", 1, 2, 3))
	ft := reflect.FuncOf([]reflect.Type{reflect.TypeOf(uint8(0))}, []reflect.Type{reflect.TypeOf("")}, false)
	fmt.Println(reflect.MakeFunc(ft, func(in []reflect.Value) []reflect.Value { return vals(fmt.Sprint(in[0])) }).Call(vals(uint8(3)))[0])
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := 0
	wg.Add(1)
	go reflect.MakeFunc(reflect.TypeOf(func(int) {}), func(in []reflect.Value) []reflect.Value {
		mu.Lock()
		got = int(in[0].Int())
		mu.Unlock()
		wg.Done()
		return nil
	}).Interface().(func(int))(12)
	wg.Wait()
	fmt.Println(got)
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		v(func() { panic("inside") }).Call(nil)
	}()
	func() {
		defer reflect.MakeFunc(reflect.TypeOf(func() {}), func([]reflect.Value) []reflect.Value {
			fmt.Println("deferred", recover())
			return nil
		}).Interface().(func())()
		panic("to be recovered")
	}()

	show("few", func() any { return v(add).Call(nil) })
	show("many", func() any { return v(add).Call(vals(1, 2)) })
	show("type", func() any { return v(add).Call(vals("s")) })
	show("zero arg", func() any { return v(add).Call([]reflect.Value{{}}) })
	show("nil func", func() any { var f func(); return v(f).Call(nil) })
	show("no func", func() any { return v(1).Call(nil) })
	show("slice", func() any { return v(add).CallSlice(vals(1)) })
	show("variadic", func() any { return v(variadic).Call(vals("a", "b")) })
	show("nil iface method", func() any { var a Adder; return v(&a).Elem().Method(0) })
	show("method range", func() any { return v(c).Method(9) })
	show("makefunc", func() any { return reflect.MakeFunc(reflect.TypeOf(1), swap) })
	show("count", func() any {
		return reflect.MakeFunc(reflect.TypeOf(add), func([]reflect.Value) []reflect.Value { return nil }).Call(vals(1))
	})
	show("no method", func() any { return v(c).MethodByName("Nope").IsValid() })

	// Channels.
	ch := reflect.MakeChan(reflect.TypeOf(make(chan string)), 2)
	ch.Send(v("one"))
	fmt.Println(ch.TrySend(v("two")), ch.TrySend(v("three")), ch.Len(), ch.Cap())
	x, ok := ch.Recv()
	fmt.Println(x, ok)
	x, ok = ch.TryRecv()
	fmt.Println(x, ok)
	x, ok = ch.TryRecv()
	fmt.Println(x.IsValid(), ok)
	ch.Close()
	x, ok = ch.Recv()
	fmt.Printf("%q %v\n", x.String(), ok)
	x, ok = ch.TryRecv()
	fmt.Printf("%q %v\n", x.String(), ok)
	show("send closed", func() any { ch.Send(v("z")); return 0 })
	show("close closed", func() any { ch.Close(); return 0 })
	show("send recv-only", func() any { v((<-chan int)(make(chan int))).Send(v(1)); return 0 })
	show("recv send-only", func() any { v((chan<- int)(make(chan int))).Recv(); return 0 })
	ci, cs := make(chan int, 1), make(chan string, 1)
	cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v(ci)}, {Dir: reflect.SelectSend, Chan: v(cs), Send: v("sent")},
		{Dir: reflect.SelectRecv, Chan: reflect.Value{}}}
	i, _, ok := reflect.Select(cases)
	fmt.Println(i, ok, <-cs)
	ci <- 4
	cs <- "full"
	i, x, ok = reflect.Select(cases)
	fmt.Println(i, x, ok)
	i, x, ok = reflect.Select(append(cases, reflect.SelectCase{Dir: reflect.SelectDefault}))
	fmt.Println(i, x.IsValid(), ok)
	close(ci)
	i, x, ok = reflect.Select(cases)
	fmt.Println(i, x, ok)
	unbuffered := make(chan int)
	go func() { unbuffered <- 99 }()
	i, x, ok = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v(unbuffered)}})
	fmt.Println(i, x, ok)
	show("two defaults", func() any {
		d := reflect.SelectCase{Dir: reflect.SelectDefault}
		i, _, _ := reflect.Select([]reflect.SelectCase{d, d})
		return i
	})
	show("bad dir", func() any { i, _, _ := reflect.Select([]reflect.SelectCase{{}}); return i })

	// DeepEqual.
	loop := func() *Tree { t := &Tree{V: 1}; t.L = t; return t }
	var nilSlice []int
	var nilErr error
	for i, p := range [][2]any{{1, 1}, {1, int8(1)}, {nil, nil}, {nil, 0}, {[]int{1, 2}, []int{1, 2}}, {nilSlice, []int{}},
		{map[string][]int{"a": {1}}, map[string][]int{"a": {1}}}, {map[int]int{1: 1}, map[int]int{2: 1}},
		{loop(), loop()}, {&Tree{V: 1}, &Tree{V: 2}}, {&Tree{L: &Tree{V: 3}}, &Tree{L: &Tree{V: 3}}}, {Big{1, 2, 3, 4}, Big{1, 2, 3, 4}},
		{[]any{1, "a", nil}, []any{1, "a", nil}}, {errors.New("x"), errors.New("x")}, {add, add}, {(func())(nil), (func())(nil)},
		{[2]bool{true}, [2]bool{true, false}}, {nilErr, nilErr}, {Calc{1}, Calc{2}}, {0.0, -0.0}, {map[int]int(nil), map[int]int{}}} {
		fmt.Print(i, reflect.DeepEqual(p[0], p[1]), " ")
	}
	fmt.Println()

	// fmt shows what a reflect.Value holds.
	fmt.Println(v(3), v("s"), v([]int{1}), v(Calc{2}), reflect.Value{}, v(errors.New("as error")))
	fmt.Printf("%d %v %+v %q %T %v\n", v(3), v(Calc{2}), v(Calc{2}), v("q"), v(1), []reflect.Value{v(1), v("x")})
	fmt.Printf("%v %v %s\n", reflect.TypeOf(3), []reflect.Type{reflect.TypeOf("")}, reflect.TypeOf(c))
	_, isErr := any(&reflect.ValueError{Method: "M", Kind: reflect.Int}).(error)
	fmt.Println(isErr, (&reflect.ValueError{Method: "M", Kind: reflect.Int}).Error(), &reflect.ValueError{Method: "M"})
}
