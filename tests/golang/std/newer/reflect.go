// What reflect and unsafe got after go1.19.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

func check(what string, got, want any) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("%s: got %v, want %v", what, got, want))
	}
}

func panics(what, text string, f func()) {
	defer func() { check(what, fmt.Sprint(recover()), text) }()
	f()
}

type point struct{ X, Y int }

func main() {
	check("TypeFor", reflect.TypeFor[error]().String(), "error")
	s := []int{1, 2}
	v := reflect.ValueOf(&s).Elem()
	v.Grow(10)
	check("Grow", cap(s) >= 12 && len(s) == 2, true)
	v.Clear()
	check("Clear", s, []int{0, 0})
	m := map[string]int{"a": 1}
	reflect.ValueOf(m).Clear()
	check("Clear of a map", len(m), 0)
	v.SetZero()
	check("SetZero", s == nil, true)
	check("Comparable", reflect.ValueOf(any(point{})).Comparable(), true)
	check("Comparable", reflect.ValueOf([]any{[]int{}}).Index(0).Comparable(), false)
	check("Equal", reflect.ValueOf(point{1, 2}).Equal(reflect.ValueOf(point{1, 2})), true)
	check("Equal", reflect.ValueOf(1).Equal(reflect.ValueOf(int8(1))), false)
	panics("Equal", "reflect.Value.Equal: invalid Kind func", func() {
		f := reflect.ValueOf(func() {})
		f.Equal(f)
	})
	check("slice to array", reflect.ValueOf([]int{1, 2, 3}).Convert(reflect.TypeOf([2]int{})).Interface(), [2]int{1, 2})
	check("CanConvert", reflect.ValueOf([]int{1}).CanConvert(reflect.TypeOf([2]int{})), false)
	panics("short slice", "reflect: cannot convert slice with length 1 to array with length 2", func() {
		reflect.ValueOf([]int{1}).Convert(reflect.TypeOf([2]int{}))
	})
	_, err := reflect.ValueOf(struct{ *point }{}).FieldByIndexErr([]int{0, 1})
	check("FieldByIndexErr", err.Error(), "reflect: indirection through nil pointer to embedded struct field point")

	sum := 0
	reflect.ValueOf(4).Seq()(func(x reflect.Value) bool { sum += int(x.Int()); return true })
	reflect.ValueOf([]int{10, 20}).Seq2()(func(i, x reflect.Value) bool {
		sum += int(i.Int()+1) * int(x.Int())
		return true
	})
	reflect.ValueOf(map[int]int{1000: 7}).Seq2()(func(k, x reflect.Value) bool {
		sum += int(k.Int() + x.Int())
		return true
	})
	reflect.ValueOf(func(yield func(int) bool) { _ = yield(5) && yield(6) && yield(7) }).Seq()(func(x reflect.Value) bool {
		if x.Int() == 7 {
			return false
		}
		sum += int(x.Int())
		return true
	})
	check("Seq", sum, 6+50+1007+11)

	bytes := []byte("hello")
	text := unsafe.String(&bytes[1], 3)
	check("String", text, "ell")
	check("StringData", unsafe.StringData(text) == &bytes[1], true)
	check("SliceData", unsafe.SliceData(bytes) == &bytes[0], true)
	check("StringData of a constant", unsafe.Slice(unsafe.StringData("const"), 5), []byte("const"))
	panics("negative length", "runtime error: unsafe.String: len out of range", func() {
		n := -1
		_ = unsafe.String(&bytes[0], n)
	})
}
