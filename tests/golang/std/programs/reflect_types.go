// What reflect says about types.
package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
	"unsafe"
)

type Inner struct {
	X, Y int
	z    int
}

func (i Inner) Sum() int      { return i.X + i.Y }
func (i *Inner) Scale(k int)  { i.X *= k; i.Y *= k }
func (i Inner) hidden() error { return nil }

type Outer struct {
	Inner `json:"inner"`
	*Deep
	Name  string `json:"name,omitempty" xml:"n"`
	tags  []string
	Any   any
	Fn    func(int, ...string) (bool, error)
	Ch    <-chan int
	M     map[string]*Inner
	Arr   [3]int8
	_     int32
	Small bool
}

type Deep struct {
	Z    float64
	Name int
}

type Celsius float32
type List []Celsius
type Op func(a, b int) int
type Shape interface {
	Area() float64
	perimeter() float64
}
type Pair[K comparable, V any] struct {
	Key K
	Val V
}
type Recursive struct {
	Next *Recursive
	Kids []Recursive
}

func (p Pair[K, V]) Swap() Pair[string, K] { return Pair[string, K]{"", p.Key} }

func describe(t reflect.Type) {
	fmt.Printf("%v: kind=%v name=%q pkg=%q size=%d align=%d/%d cmp=%v methods=%d\n", t, t.Kind(), t.Name(), t.PkgPath(),
		t.Size(), t.Align(), t.FieldAlign(), t.Comparable(), t.NumMethod())
	switch t.Kind() {
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			fmt.Printf("  %d %s %v pkg=%q tag=%q offset=%d anonymous=%v exported=%v %v\n", i, f.Name, f.Type, f.PkgPath,
				f.Tag, f.Offset, f.Anonymous, f.IsExported(), f.Index)
		}
	case reflect.Func:
		fmt.Print("  in:")
		for i := 0; i < t.NumIn(); i++ {
			fmt.Print(" ", t.In(i))
		}
		fmt.Print(" out:")
		for i := 0; i < t.NumOut(); i++ {
			fmt.Print(" ", t.Out(i))
		}
		fmt.Println(" variadic:", t.IsVariadic())
	case reflect.Map:
		fmt.Println("  key", t.Key(), "elem", t.Elem())
	case reflect.Array:
		fmt.Println("  len", t.Len(), "elem", t.Elem())
	case reflect.Chan:
		fmt.Println("  dir", t.ChanDir(), "elem", t.Elem())
	case reflect.Ptr, reflect.Slice:
		fmt.Println("  elem", t.Elem())
	case reflect.Int8, reflect.Float64, reflect.Complex64:
		fmt.Println("  bits", t.Bits())
	}
	for i := 0; i < t.NumMethod(); i++ {
		m := t.Method(i)
		fmt.Printf("  method %d %s %v pkg=%q exported=%v\n", m.Index, m.Name, m.Type, m.PkgPath, m.IsExported())
	}
}

func main() {
	values := []any{true, 1, int8(1), uint16(2), 1.5, complex64(1), "s", 'r', uintptr(0), Inner{}, &Inner{}, Outer{},
		Celsius(1), List{}, Op(nil), Pair[string, int]{}, Pair[Celsius, []Inner]{}, Recursive{}, []byte{}, [2][]int{},
		map[string]Inner{}, make(chan int), make(chan<- string), make(<-chan (<-chan int)), make(chan (<-chan int)),
		func() {}, func(int, ...any) (string, error) { return "", nil }, struct{}{}, struct {
			A int `t:"x"`
			b []any
		}{}, errors.New("x"), unsafe.Pointer(nil), new(any), new(Shape), new(error), new(io.Reader), (*strings.Builder)(nil),
		map[[2]int]*[]Celsius{}, new(interface {
			M(int) string
			N()
		})}
	for _, v := range values {
		describe(reflect.TypeOf(v))
	}
	fmt.Println(reflect.TypeOf(nil))
	for _, v := range []any{new(Shape), new(error), new(any)} {
		describe(reflect.TypeOf(v).Elem())
	}

	outer := reflect.TypeOf(Outer{})
	for _, name := range []string{"X", "Y", "z", "Z", "Name", "Inner", "Deep", "nope", "Sum"} {
		f, ok := outer.FieldByName(name)
		fmt.Println(name, f.Name, f.Type, f.Index, f.Offset, ok)
	}
	fmt.Println(outer.FieldByIndex([]int{0, 1}).Name, outer.FieldByIndex([]int{1, 0}).Name)
	f, ok := outer.FieldByNameFunc(func(s string) bool { return strings.HasPrefix(s, "A") })
	fmt.Println(f.Name, ok)
	f, ok = outer.FieldByNameFunc(func(s string) bool { return strings.HasPrefix(s, "Any") })
	fmt.Println(f.Name, ok)
	m, ok := reflect.TypeOf(&Inner{}).MethodByName("Scale")
	fmt.Println(m.Name, m.Type, m.Index, ok)
	_, ok = reflect.TypeOf(Inner{}).MethodByName("Scale")
	fmt.Println(ok)
	for _, f := range reflect.VisibleFields(outer) {
		fmt.Print(f.Name, f.Index, " ")
	}
	fmt.Println()

	tag := reflect.StructTag(`json:"name,omitempty" xml:"n\"q" empty:""  bad`)
	fmt.Println(tag.Get("json"), tag.Get("xml"), tag.Get("none"))
	v, ok := tag.Lookup("empty")
	fmt.Printf("%q %v\n", v, ok)
	_, ok = tag.Lookup("bad")
	fmt.Println(ok)

	types := map[string]reflect.Type{}
	for _, v := range []any{1, int8(0), "", Celsius(0), List{}, []Celsius{}, []byte{}, []rune{}, &Inner{}, Inner{}, (*struct{ X, Y, z int })(nil),
		struct{ X, Y, z int }{}, make(chan int), make(<-chan int), errors.New(""), func(a, b int) int { return 0 }, Op(nil), &[3]int{},
		[]int{}, 1.5, 2i} {
		types[fmt.Sprintf("%T", v)] = reflect.TypeOf(v)
	}
	types["error"] = reflect.TypeOf((*error)(nil)).Elem()
	types["any"] = reflect.TypeOf((*any)(nil)).Elem()
	types["Stringer"] = reflect.TypeOf((*fmt.Stringer)(nil)).Elem()
	var names []string
	for name := range types {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, a := range names {
		fmt.Print(a, ":")
		for _, b := range names {
			t, u := types[a], types[b]
			fmt.Print(" ")
			if t.AssignableTo(u) {
				fmt.Print("a")
			}
			if t.ConvertibleTo(u) {
				fmt.Print("c")
			}
			if u.Kind() == reflect.Interface && t.Implements(u) {
				fmt.Print("i")
			}
			if t == u {
				fmt.Print("=")
			}
		}
		fmt.Println()
	}

	i := reflect.TypeOf(0)
	made := []reflect.Type{reflect.PtrTo(i), reflect.PointerTo(reflect.TypeOf(Inner{})), reflect.SliceOf(reflect.TypeOf(Celsius(0))),
		reflect.ArrayOf(5, i), reflect.ArrayOf(77, outer), reflect.MapOf(i, outer), reflect.ChanOf(reflect.RecvDir, i),
		reflect.ChanOf(reflect.BothDir, reflect.ChanOf(reflect.RecvDir, i)), reflect.ChanOf(reflect.SendDir, outer),
		reflect.FuncOf([]reflect.Type{i, reflect.SliceOf(i)}, []reflect.Type{i, types["error"]}, true),
		reflect.FuncOf(nil, []reflect.Type{i}, false), reflect.FuncOf(nil, nil, false),
		reflect.StructOf([]reflect.StructField{{Name: "A", Type: i, Tag: `json:"a"`}, {Name: "B", Type: types["error"]}}),
		reflect.StructOf(nil)}
	for _, t := range made {
		describe(t)
	}
	fmt.Println(made[0] == reflect.TypeOf(new(int)), made[1] == reflect.TypeOf(&Inner{}), made[2] == types["[]main.Celsius"],
		made[3] == reflect.TypeOf([5]int{}), made[5] == reflect.TypeOf(map[int]Outer{}), made[10] == reflect.TypeOf(func() int { return 1 }))
	fmt.Println(reflect.StructOf([]reflect.StructField{{Name: "X", Type: i}}) == reflect.StructOf([]reflect.StructField{{Name: "X", Type: i}}))
	fmt.Println(reflect.StructOf([]reflect.StructField{{Name: "X", Type: i}}) == reflect.TypeOf(struct{ X int }{}))
	for k := reflect.Invalid; k <= reflect.UnsafePointer+1; k++ {
		fmt.Print(k, " ")
	}
	fmt.Println(reflect.RecvDir, reflect.SendDir, reflect.BothDir)
}
