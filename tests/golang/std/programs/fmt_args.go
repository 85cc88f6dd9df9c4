// Argument indexes, stars, wrong numbers of arguments, wrapped errors, scanning.
package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type T struct{ a, b int }

type loud struct{ err error }

func (l loud) Error() string   { return "loud: " + l.err.Error() }
func (l loud) Unwrap() error   { return l.err }
func (l loud) Is(e error) bool { return e == io.ErrShortWrite }

func main() {
	for _, c := range []struct {
		f string
		a []interface{}
	}{
		{"%[2]d %[1]d", []interface{}{1, 2}}, {"%[3]*.[2]*[1]f|", []interface{}{12.0, 2, 6}}, {"%6.2f|", []interface{}{12.0}},
		{"%*d|", []interface{}{5, 1}}, {"%-*d|", []interface{}{5, 1}}, {"%*d|", []interface{}{-5, 1}}, {"%.*f|", []interface{}{2, 3.14159}},
		{"%.*f|", []interface{}{-2, 3.14159}}, {"%*d", []interface{}{"x", 1}}, {"%.*d", []interface{}{"x", 1}},
		{"%d %d", []interface{}{1}}, {"%d", []interface{}{1, 2, "three"}}, {"no", []interface{}{nil, 4}}, {"%", nil}, {"%d%", []interface{}{1}},
		{"%!", nil}, {"%%", nil}, {"%d%%", []interface{}{50}}, {"%[5]d", []interface{}{1}}, {"%[x]d", []interface{}{1}}, {"%[]d", []interface{}{1}}, {"%[1]d %d", []interface{}{1, 2}},
		{"%[2]d", []interface{}{1, 2}}, {"%[1]d %[1]v %[1]x", []interface{}{255}}, {"%[3]d", []interface{}{1, 2}}, {"%[2]*[1]d|", []interface{}{1, 5}}, {"%3[1]d", []interface{}{1}},
		{"%.[1]d", []interface{}{1}}, {"%[-1]d", []interface{}{1}}, {"%[1", []interface{}{1}}, {"%[1]", []interface{}{1}}, {"%9999999d", []interface{}{1}}, {"%.9999999d|", []interface{}{1}},
		{"%s %v", []interface{}{T{1, 2}, &T{3, 4}}}, {"%v %s", []interface{}{[]string{"a"}, []string{"b"}}}, {"%-+5d|%+-5d|", []interface{}{3, 3}}, {"%-010d|", []interface{}{3}}, {"%+ d", []interface{}{3}},
		{"%x %X", []interface{}{"hello", []byte("hello")}}, {"% x|% X|%# x", []interface{}{"abc", "abc", "abc"}}, {"%t", []interface{}{1}}, {"%é", []interface{}{1}}, {"%世", nil},
		{"%q %q", []interface{}{'x', []string{"a", "b"}}}, {"%c%c", []interface{}{0x4E16, 0x110000}}, {"%08.3f|%+08.3f|%-8.3f|% 8.3f", []interface{}{3.14159, 3.14159, 3.14159, 3.14159}},
		{"%v", []interface{}{struct {
			A interface{}
			B []interface{}
		}{nil, nil}}}, {"%w", []interface{}{errors.New("x")}}, {"%d %s", []interface{}{"s", 1}}, {"%.3v|%.10v|", []interface{}{"abcdef", "abc"}}, {"%5t|%-7t|", []interface{}{true, false}},
		{"%5v|%-5v|%05v|", []interface{}{[]int{1, 2}, []int{3}, []int{4}}}, {"%6.2f|", []interface{}{[]float64{1, 2.555}}}, {"%v %v", []interface{}{'a', "a"[0]}}, {"%3c|%-3c|", []interface{}{'a', 'b'}},
	} {
		s := fmt.Sprintf(c.f, c.a...)
		if len(s) > 200 {
			s = fmt.Sprint(len(s), s[:50])
		}
		fmt.Printf("%q -> %q\n", c.f, s)
	}

	base := errors.New("base")
	e := fmt.Errorf("wrap %d: %w", 1, base)
	fmt.Println(e, errors.Is(e, base), errors.Unwrap(e) == base, fmt.Sprintf("%T", e))
	e2 := fmt.Errorf("outer: %w", loud{e})
	fmt.Println(e2, errors.Is(e2, base), errors.Is(e2, io.ErrShortWrite), errors.Is(e2, io.EOF))
	var l loud
	fmt.Println(errors.As(e2, &l), l)
	e3 := fmt.Errorf("none")
	fmt.Printf("%T %v %v\n", e3, e3, errors.Unwrap(e3))
	fmt.Println(fmt.Errorf("bad %w", 5), fmt.Errorf("nil %w", nil))
	fmt.Println(errors.Is(nil, base), errors.Is(base, nil), errors.Is(nil, nil), errors.Unwrap(nil))
	for _, target := range []interface{}{nil, 5, new(int), (*error)(nil)} {
		func() {
			defer func() { fmt.Println(recover()) }()
			errors.As(base, target)
		}()
	}

	var a, b int
	var s string
	var f float64
	var r rune
	n, err := fmt.Sscan("10 20 word 2.5", &a, &b, &s, &f)
	fmt.Println(n, err, a, b, s, f)
	n, err = fmt.Sscanf("7-8:abc", "%d-%d:%s", &a, &b, &s)
	fmt.Println(n, err, a, b, s)
	n, err = fmt.Sscanf("x5", "x%d", &a)
	fmt.Println(n, err, a)
	n, err = fmt.Sscan("abc", &a)
	fmt.Println(n, err)
	n, err = fmt.Sscan("", &a)
	fmt.Println(n, err)
	n, err = fmt.Sscanf("ff 0x10 c", "%x %v %c", &a, &b, &r)
	fmt.Println(n, err, a, b, string(r))
	n, err = fmt.Sscanln("1 2", &a, &b)
	fmt.Println(n, err, a, b)
	rd := strings.NewReader("1 2\n3 4\n")
	for {
		n, err = fmt.Fscan(rd, &a, &b)
		fmt.Println(n, err, a, b)
		if err != nil {
			break
		}
	}
	fmt.Println(fmt.Sprint(), fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, nil), fmt.Sprintln("a", 1), fmt.Sprint(1, 2), fmt.Sprint("a", "b"))
	nn, _ := fmt.Println("αβ")
	fmt.Println(nn)
	fmt.Fprintf(io.Discard, "x")
	var nilerr error
	fmt.Printf("%v %+v %d\n", nilerr, nilerr, nilerr)
}
