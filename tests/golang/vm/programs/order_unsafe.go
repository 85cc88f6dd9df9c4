package main

import (
	"fmt"
	"unsafe"
)

type pair struct {
	a int8
	b int64
}

func orders() {
	s, z := make([]int, 1), 1.0
	change := func() int { s, z = make([]int, 3), 3; return 0 }
	a, _, b := len(s), change(), len(s)
	fmt.Println(a, b)
	c, _, d := cap(s), change(), cap(s[:1])
	fmt.Println(c, d)
	z = 1
	e, _, f := complex(z, 0), change(), complex(z, 1)
	fmt.Println(e, f)
}

func size[T any](x T) uintptr { return unsafe.Sizeof(x) }

func main() {
	orders()
	var p pair
	fmt.Println(unsafe.Sizeof(p), unsafe.Offsetof(p.b), unsafe.Alignof(p.a), size("x"), size(p))
	f := 1.5
	fmt.Printf("%#x\n", *(*uint64)(unsafe.Pointer(&f)))
	*(*uint32)(unsafe.Pointer(&f)) = 1
	fmt.Printf("%#x\n", *(*uint64)(unsafe.Pointer(&f)))
	p.b = 7
	fmt.Println((*pair)(unsafe.Pointer(&p)).b, unsafe.Pointer(&p) == unsafe.Pointer(&p))
}
