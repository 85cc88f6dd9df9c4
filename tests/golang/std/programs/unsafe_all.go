// What of package unsafe is supported: sizes, reading scalars as others, slices and strings of memory.
package main

import (
	"fmt"
	"unsafe"
)

type T struct {
	a bool
	b int16
	c float64
	d [3]byte
}

func show(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	var t T
	fmt.Println(unsafe.Sizeof(t), unsafe.Alignof(t.c), unsafe.Offsetof(t.b), unsafe.Offsetof(t.c), unsafe.Offsetof(t.d))
	f := 1.5
	fmt.Printf("%#x\n", *(*uint64)(unsafe.Pointer(&f)))
	*(*uint64)(unsafe.Pointer(&f)) |= 1 << 63
	fmt.Println(f)
	i := int32(-1)
	fmt.Println(*(*uint32)(unsafe.Pointer(&i)))
	p := unsafe.Pointer(&t)
	fmt.Println(p == unsafe.Pointer(&t), uintptr(p) == uintptr(unsafe.Pointer(&t)), uintptr(p) == uintptr(unsafe.Pointer(&f)), uintptr(p)%8)
	array := [5]int{1, 2, 3, 4, 5}
	s := unsafe.Slice(&array[1], 3)
	s[0] = 20
	fmt.Println(s, len(s), cap(s), array)
	fmt.Println(unsafe.Slice((*int)(nil), 0) == nil)
	show("negative", func() { n := -1; _ = unsafe.Slice(&array[0], n) })
	show("nil", func() { n := 2; _ = unsafe.Slice((*int)(nil), n) })
}
