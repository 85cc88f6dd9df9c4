package main

import (
	"errors"
	"fmt"
)

type Shape interface {
	Area() float64
	Perimeter() float64
}
type Named interface{ Name() string }
type Both interface {
	Shape
	Named
}
type Rect struct{ w, h float64 }

func (r Rect) Area() float64      { return r.w * r.h }
func (r Rect) Perimeter() float64 { return 2 * (r.w + r.h) }
func (r Rect) Name() string       { return "rect" }

type Circle struct{ r float64 }

func (c *Circle) Area() float64      { c.r++; return c.r }
func (c *Circle) Perimeter() float64 { return 6 * c.r }

type Int int

func (i Int) Area() float64      { return float64(i) }
func (i Int) Perimeter() float64 { return float64(i) * 2 }

type Str string

func (s Str) Name() string { return "str " + string(s) }

type F func(int) int

func (f F) Call(x int) int { return f(x) }

type Base struct{ id int }

func (b Base) ID() int      { return b.id }
func (b *Base) SetID(i int) { b.id = i }

type Derived struct {
	Base
	name string
}
type Deep struct {
	*Derived
	Shape
}
type IDer interface {
	ID() int
	SetID(int)
}
type Empty struct{}

func (Empty) Name() string { return "empty" }

type Three struct{ a, b, c int }

func (t Three) Name() string   { return fmt.Sprint("three", t.a+t.b+t.c) }
func (t *Three) Add(n int) int { t.a += n; return t.a }

type MyErr struct{ code int }

func (e *MyErr) Error() string { return fmt.Sprintf("code %d", e.code) }

func find(n int) error {
	if n > 0 {
		return &MyErr{n}
	}
	return nil
}
func typed() error {
	var e *MyErr
	return e
}

func kind(x interface{}) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case string:
		return "string " + v
	case []int:
		return fmt.Sprint("slice ", len(v))
	case error:
		return "error " + v.Error()
	case Both:
		return "both " + v.Name()
	case Shape:
		return fmt.Sprint("shape ", v.Area())
	case Named:
		return "named " + v.Name()
	case func() int:
		return fmt.Sprint("func ", v())
	case *int:
		return fmt.Sprint("ptr ", *v)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func main() {
	shapes := []Shape{Rect{2, 3}, &Circle{1}, Int(4)}
	for _, s := range shapes {
		fmt.Println(s.Area(), s.Perimeter())
	}
	n := 5
	for _, x := range []interface{}{nil, 1, int64(2), "s", []int{1}, errors.New("e"), Rect{1, 1}, Int(3), &Circle{},
		Str("q"), func() int { return 7 }, &n, 2.5, Empty{}, Three{1, 2, 3}, map[string]int{}, struct{}{}} {
		fmt.Println(kind(x))
	}
	d := Derived{Base{1}, "d"}
	d.SetID(9)
	var i IDer = &d
	i.SetID(10)
	fmt.Println(d.ID(), i.ID(), d.Base.id, d.id)
	deep := Deep{&d, Int(2)}
	deep.SetID(11)
	fmt.Println(deep.ID(), deep.Area(), d.id, deep.name)
	var i2 IDer = deep
	i2.SetID(12)
	fmt.Println(d.id)
	var both Both = Rect{1, 2}
	var sh Shape = both
	nm, ok := sh.(Named)
	_, ok2 := sh.(*Circle)
	r := sh.(Rect)
	fmt.Println(nm.Name(), ok, ok2, r.w)
	var e1, e2 interface{} = 1, 1
	var e3 interface{} = "1"
	fmt.Println(e1 == e2, e1 == e3, e1 != nil, e1 == 1, e3 == "1", sh == Shape(Rect{1, 2}), sh == Shape(Rect{1, 3}))
	err := find(3)
	var me *MyErr
	fmt.Println(errors.As(err, &me), me.code, find(0) == nil, typed() == nil, err)
	f := F(func(x int) int { return x * x })
	fmt.Println(f.Call(5))
	g := Three.Name
	h := (*Three).Add
	t := Three{1, 2, 3}
	bound := t.Name
	t.a = 100
	fmt.Println(g(t), h(&t, 5), t.a, bound(), t.Name())
	add := t.Add
	add(1)
	add(1)
	fmt.Println(t.a)
	nf := Named.Name
	fmt.Println(nf(Str("x")))
	var emp Named = Empty{}
	fmt.Println(emp.Name(), emp == Named(Empty{}))
	var np Named = &t
	t.b = 1000
	fmt.Println(np.Name())
	anon := struct {
		Named
		k int
	}{Str("emb"), 1}
	fmt.Println(anon.Name(), kind(anon))
	var nilShape Shape
	func() {
		defer func() { fmt.Println(recover()) }()
		nilShape.Area()
	}()
	var arr [2]interface{}
	arr[0] = arr
	fmt.Println(arr[0] == [2]interface{}{}, arr[1] == nil)
	fmt.Printf("%T %T %T %v\n", sh, err, f, d)
}
