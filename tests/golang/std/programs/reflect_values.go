// Reading and changing values through reflect.
package main

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strings"
	"unsafe"
)

type Point struct {
	X, Y int
	name string
}

func (p Point) String() string { return fmt.Sprintf("<%d %d>", p.X, p.Y) }
func (p *Point) Move(d int)    { p.X += d }

type embedded struct{ E int }
type Wrap struct {
	embedded
	*Point
	I    any
	S    []int
	A    [4]uint8
	M    map[string]int
	F    float32
	C    complex64
	B    bool
	Str  string
	U16  uint16
	Fn   func(int) int
	Ch   chan int
	P    unsafe.Pointer
	Nest struct{ K, L int8 }
}

type MyInt int8
type Bytes []byte

func show(name string, f func() any) {
	defer func() {
		if e := recover(); e != nil {
			if err, ok := e.(error); ok {
				fmt.Printf("%s: panic %T %v\n", name, e, err)
			} else {
				fmt.Printf("%s: panic %v\n", name, e)
			}
		}
	}()
	fmt.Printf("%s: %v\n", name, f())
}

func main() {
	w := Wrap{Point: &Point{1, 2, "n"}, I: 5, S: []int{1, 2, 3}, M: map[string]int{"a": 1}, Str: "str", U16: 9, B: true}
	v := reflect.ValueOf(&w).Elem()
	for i := 0; i < v.NumField(); i++ {
		f := v.Field(i)
		fmt.Println(v.Type().Field(i).Name, f.Kind(), f.CanSet(), f.CanAddr(), f.CanInterface(), f.IsZero(), f.Type())
	}
	v.FieldByName("F").SetFloat(1.25)
	v.FieldByName("C").SetComplex(complex(1, -2))
	v.FieldByName("B").SetBool(false)
	v.FieldByName("Str").SetString("changed")
	v.FieldByName("U16").SetUint(65535)
	v.FieldByName("S").Index(1).SetInt(20)
	v.FieldByName("A").Index(2).SetUint(7)
	v.FieldByName("X").SetInt(100)
	v.FieldByName("I").Set(reflect.ValueOf("now a string"))
	v.FieldByName("Fn").Set(reflect.ValueOf(func(i int) int { return i * 2 }))
	v.FieldByName("Nest").Field(1).SetInt(-3)
	v.FieldByName("M").SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf(2))
	v.FieldByName("M").SetMapIndex(reflect.ValueOf("a"), reflect.Value{})
	fmt.Println(w.F, w.C, w.B, w.Str, w.U16, w.S, w.A, w.X, w.I, w.Fn(21), w.Nest, w.M)
	fmt.Println(v.FieldByName("E").CanSet(), v.FieldByName("name").CanSet(), v.Field(0).Field(0).CanInterface())
	v.FieldByName("E").SetInt(8)
	fmt.Println(w.E, v.FieldByIndex([]int{1, 1}), v.FieldByName("nope").IsValid())
	v.Field(1).Elem().Addr().MethodByName("Move").Call([]reflect.Value{reflect.ValueOf(5)})
	fmt.Println(w.X, v.Field(1).Elem(), v.Field(1).Interface())

	// Values that are no variables.
	c := reflect.ValueOf(w)
	fmt.Println(c.Field(3).Index(0).CanSet(), c.Field(4).Index(0).CanSet(), c.FieldByName("Nest").Field(1).Int())
	small := reflect.ValueOf(struct {
		A, B int8
		C    int16
		D    bool
	}{1, -2, 300, true})
	fmt.Println(small.Field(0).Int(), small.Field(1).Int(), small.Field(2), small.Field(3).Bool())
	arr := reflect.ValueOf([3]int16{-1, 2, 3})
	fmt.Println(arr.Index(0), arr.Index(2).Int(), arr.Len(), arr.Cap())

	// Kinds.
	for _, x := range []any{-5, MyInt(-128), uint8(200), 3.5, float32(0.1), 2 + 3i, "text", true, 'x', uintptr(3)} {
		x := reflect.ValueOf(x)
		switch {
		case x.CanInt():
			fmt.Println("int", x.Int(), x.OverflowInt(100), x.OverflowInt(1<<40))
		case x.CanUint():
			fmt.Println("uint", x.Uint(), x.OverflowUint(256))
		case x.CanFloat():
			fmt.Println("float", x.Float(), x.OverflowFloat(math.MaxFloat64))
		case x.CanComplex():
			fmt.Println("complex", x.Complex())
		default:
			fmt.Println(x.Kind(), x)
		}
	}
	fmt.Println(reflect.ValueOf(3).String(), reflect.ValueOf(w).FieldByName("S").String(), reflect.Value{}.String(), reflect.ValueOf("s").String())

	// Slices.
	s := reflect.MakeSlice(reflect.TypeOf([]string{}), 2, 5)
	s.Index(0).SetString("zero")
	s = reflect.Append(s, reflect.ValueOf("two"), reflect.ValueOf("three"))
	s = reflect.AppendSlice(s, reflect.ValueOf([]string{"x", "y", "z"}))
	fmt.Println(s, s.Len(), s.Slice(1, 3), s.Slice3(0, 2, 3).Cap(), s.Index(3))
	ints := []int{1, 2, 3, 4, 5}
	iv := reflect.ValueOf(&ints).Elem()
	iv.SetLen(3)
	fmt.Println(ints, cap(ints))
	iv.SetCap(4)
	fmt.Println(len(ints), cap(ints))
	fmt.Println(reflect.Copy(reflect.ValueOf(ints), reflect.ValueOf([]int{9, 8})), ints)
	buf := make([]byte, 3)
	fmt.Println(reflect.Copy(reflect.ValueOf(buf), reflect.ValueOf("hello")), string(buf))
	a := [5]int{1, 2, 3, 4, 5}
	av := reflect.ValueOf(&a).Elem()
	sl := av.Slice(1, 4)
	sl.Index(0).SetInt(-2)
	fmt.Println(a, sl.Len(), sl.Cap(), reflect.ValueOf("slicing").Slice(2, 4))
	fmt.Println(string(reflect.ValueOf(Bytes("bytes")).Bytes()), reflect.ValueOf(&[2]byte{1, 2}).Elem().Bytes())
	swap := reflect.Swapper(ints)
	swap(0, 2)
	fmt.Println(ints)
	swap = reflect.Swapper([]string{"only"})
	swap(0, 0)

	// Maps.
	m := reflect.MakeMap(reflect.TypeOf(map[string]Point{}))
	m.SetMapIndex(reflect.ValueOf("p"), reflect.ValueOf(Point{1, 2, ""}))
	m.SetMapIndex(reflect.ValueOf("q"), reflect.ValueOf(Point{3, 4, ""}))
	keys := m.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(keys[0], keys[1], m.Len(), m.MapIndex(reflect.ValueOf("q")), m.MapIndex(reflect.ValueOf("none")).IsValid())
	sum := 0
	for it := m.MapRange(); it.Next(); {
		sum += int(it.Value().Field(0).Int()) + len(it.Key().String())
	}
	fmt.Println(sum, reflect.ValueOf(map[any]int{1: 2, "x": 3}).MapIndex(reflect.ValueOf("x")))
	var nilMap map[int]int
	fmt.Println(reflect.ValueOf(nilMap).IsNil(), reflect.ValueOf(nilMap).Len(), len(reflect.ValueOf(nilMap).MapKeys()))
	fmt.Println(reflect.MakeMapWithSize(reflect.TypeOf(nilMap), 10).IsNil())

	// Pointers and interfaces.
	p := reflect.New(reflect.TypeOf(Point{}))
	p.Elem().Field(0).SetInt(6)
	fmt.Println(p, p.Elem(), p.Type(), p.Interface().(*Point).X, p.Interface().(fmt.Stringer))
	fmt.Println(reflect.Indirect(p).Field(0), reflect.Indirect(reflect.ValueOf(4)), reflect.Zero(reflect.TypeOf(w)).Field(2).IsNil())
	var e error
	ev := reflect.ValueOf(&e).Elem()
	fmt.Println(ev.Kind(), ev.IsNil(), ev.Elem().IsValid(), ev.IsZero(), ev.NumMethod())
	ev.Set(reflect.ValueOf(fmt.Errorf("wrapped")))
	fmt.Println(e, ev.Elem().Type(), ev.Method(0).Call(nil)[0])
	ev.Set(reflect.Zero(ev.Type()))
	fmt.Println(e == nil, reflect.ValueOf(&e).Elem().Addr().Interface() == &e)
	var np *Point
	fmt.Println(reflect.ValueOf(np).IsNil(), reflect.ValueOf(np).Elem().IsValid(), reflect.ValueOf(np).Pointer())
	x := 7
	px := reflect.ValueOf(&x)
	fmt.Println(px.Pointer() == reflect.ValueOf(&x).Pointer(), px.Elem().UnsafeAddr() == px.Pointer(), px.UnsafePointer() == unsafe.Pointer(&x))

	// Conversion.
	conv := func(x any, to any) any { return reflect.ValueOf(x).Convert(reflect.TypeOf(to)).Interface() }
	fmt.Println(conv(300, int8(0)), conv(-1, uint16(0)), conv(3.99, 0), conv(65, ""), conv("héy", []rune{}), conv("hey", []byte{}),
		conv([]byte("abc"), ""), conv([]rune{'x', 0x1F600}, ""), conv(float32(0.5), 1.0), conv(MyInt(3), 1.5), conv(uint64(1<<63), 1.0),
		conv([]int{1, 2, 3}, &[2]int{}).(*[2]int)[1], conv(2i, complex64(0)), conv(-7, ""), conv(Point{1, 2, "z"}, struct {
			X, Y int
			name string
		}{}))
}

func init() {
	fmt.Println(strings.Repeat("=", 8))
	u := uint8(1)
	v := reflect.ValueOf
	show("type mismatch", func() any { v(&u).Elem().Set(v("x")); return 0 })
	show("unaddressable", func() any { v(u).SetUint(1); return 0 })
	show("wrong kind", func() any { return v("x").Int() })
	show("zero", func() any { return reflect.Value{}.Int() })
	show("zero type", func() any { return reflect.Value{}.Type() })
	show("zero elem", func() any { return v(3).Elem() })
	show("unexported", func() any { return v(Point{}).Field(2).Interface() })
	show("unexported set", func() any { v(&Point{}).Elem().Field(2).SetString(""); return 0 })
	show("field range", func() any { return v(Point{}).Field(3) })
	show("field kind", func() any { return v(3).Field(0) })
	show("index", func() any { return v([]int{1}).Index(1) })
	show("array index", func() any { return v([1]int{1}).Index(-1) })
	show("string index", func() any { return v("a").Index(1) })
	show("len", func() any { return v(3).Len() })
	show("len ptr", func() any { return v(&u).Len() })
	show("len ptr array", func() any { return v(&[3]int{}).Len() })
	show("isnil", func() any { return v(3).IsNil() })
	show("nil map", func() any { v(map[int]int(nil)).SetMapIndex(v(1), v(1)); return 0 })
	show("unhashable", func() any { v(map[any]int{}).SetMapIndex(v([]int{}), v(1)); return 0 })
	show("map key type", func() any { return v(map[string]int{}).MapIndex(v(1)) })
	show("convert", func() any { return v("x").Convert(reflect.TypeOf(1)) })
	show("convert array", func() any { return v([]int{1}).Convert(reflect.TypeOf(&[2]int{})) })
	show("numfield", func() any { return v(1).NumField() })
	show("typ numfield", func() any { return reflect.TypeOf(1).NumField() })
	show("typ elem", func() any { return reflect.TypeOf(1).Elem() })
	show("typ key", func() any { return reflect.TypeOf(1).Key() })
	show("typ len", func() any { return reflect.TypeOf(1).Len() })
	show("typ in", func() any { return reflect.TypeOf(func(int) {}).In(1) })
	show("typ field", func() any { return reflect.TypeOf(Point{}).Field(9) })
	show("typ bits", func() any { return reflect.TypeOf("").Bits() })
	show("typ method", func() any { return reflect.TypeOf(Point{}).Method(5) })
	show("new nil", func() any { return reflect.New(nil) })
	show("zero nil", func() any { return reflect.Zero(nil) })
	show("makeslice", func() any { return reflect.MakeSlice(reflect.TypeOf(1), 1, 1) })
	show("makeslice len", func() any { return reflect.MakeSlice(reflect.TypeOf([]int{}), 2, 1) })
	show("makemap", func() any { return reflect.MakeMap(reflect.TypeOf(1)) })
	show("makechan", func() any { return reflect.MakeChan(reflect.TypeOf(make(<-chan int)), 0) })
	show("addr", func() any { return v(1).Addr() })
	show("setlen", func() any { s := []int{}; v(&s).Elem().SetLen(1); return 0 })
	show("slice", func() any { return v([]int{}).Slice(0, 1) })
	show("slice array", func() any { return v([2]int{}).Slice(0, 1) })
	show("copy", func() any { return reflect.Copy(v(1), v([]int{})) })
	show("copy types", func() any { return reflect.Copy(v([]int{1}), v([]string{"a"})) })
	show("swapper", func() any { reflect.Swapper([]int{1, 2})(0, 2); return 0 })
	show("swapper kind", func() any { return reflect.Swapper(3) })
	show("iter", func() any { return v(map[int]int{}).MapRange().Key() })
	show("iter end", func() any { it := v(map[int]int{}).MapRange(); it.Next(); return it.Next() })
	show("append", func() any { return reflect.Append(v([]int{}), v("")) })
	show("set zero", func() any { x := 1; v(&x).Elem().Set(reflect.Value{}); return 0 })
	show("embedded nil", func() any { return v(Wrap{}).FieldByName("X") })
	show("mapof", func() any { return reflect.MapOf(reflect.TypeOf([]int{}), reflect.TypeOf(1)) })
	show("arrayof", func() any { return reflect.ArrayOf(-1, reflect.TypeOf(1)) })
	show("funcof", func() any { return reflect.FuncOf([]reflect.Type{reflect.TypeOf(1)}, nil, true) })
	show("structof", func() any { return reflect.StructOf([]reflect.StructField{{Name: "a", Type: reflect.TypeOf(1)}}) })
	show("implements", func() any { return reflect.TypeOf(1).Implements(reflect.TypeOf(1)) })
}
