// Every verb on values of every kind, with flags.
package main

import (
	"fmt"
	"math"
	"os"
	"time"
)

type Point struct{ X, Y int }

type Named int

func (n Named) String() string { return fmt.Sprintf("Named(%d)", int(n)) }

type Nested struct {
	Name  string
	P     Point
	Ptr   *Point
	M     map[string]int
	S     []byte
	I     interface{}
	E     error
	F     func()
	C     chan int
	inner Named
	arr   [3]bool
}

type Named2 int

func (n Named2) Error() string { return "named2" }

type Go struct{ v int }

func (g Go) GoString() string { return "Go!" }

type Fmt struct{}

func (Fmt) Format(s fmt.State, verb rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "[%c", verb)
	if wok {
		fmt.Fprintf(s, " width %d", w)
	}
	if pok {
		fmt.Fprintf(s, " precision %d", p)
	}
	for _, c := range "+-# 0" {
		if s.Flag(int(c)) {
			fmt.Fprintf(s, " %c", c)
		}
	}
	fmt.Fprint(s, "]")
}

type Panics struct{}

func (Panics) String() string { panic("oops") }

type PanicsErr struct{ p *int }

func (p *PanicsErr) Error() string { return fmt.Sprint(*p.p) }

type Bytes []byte
type Str string
type Strs []Str
type List struct {
	V    int
	Next *List
}
type Embedded struct {
	Point
	*List
	Named
}

type Byte byte

type key struct {
	a int
	b string
}

func main() {
	values := []interface{}{
		nil, true, false, 0, 1, -1, 42, int8(-8), int16(300), int32(-70000), int64(1 << 40), uint(7), uint8(255), uint16(65535),
		uint32(1 << 31), uint64(math.MaxUint64), uintptr(0xdead),
		1.0, -2.5, 1e6, 1e21, 1e-7, 123456789.0, float32(3.14), math.Inf(1), math.Inf(-1), math.NaN(), 0.0, math.Copysign(0, -1),
		complex(1, -2), complex64(complex(0.5, 1e10)),
		"", "hello", "héllo\n\"q\"\x00\xff", "日本語", Str("str"), 'x', '日', rune(0x1F600), byte('a'),
		[]byte("bytes"), []byte(nil), []byte{}, Bytes("b"), [3]byte{1, 2, 3}, []Byte{1, 2},
		[]int{1, 2, 3}, []int(nil), []int{}, []string{"a b", "c"}, Strs{"x", "y"}, [2]bool{true, false},
		[]interface{}{1, "a", nil, 2.5, Point{1, 2}, &Point{3, 4} == nil},
		map[string]int{"z": 26, "a": 1, "m": 13}, map[int]string(nil), map[key]bool{{2, "x"}: true, {1, "y"}: false, {1, "x"}: true},
		map[interface{}]int{"a": 1, 2: 2, 1: 3, "b": 4}, map[float64]int{math.NaN(): 1, 1: 2, -1: 3},
		Point{1, -2}, &Point{3, 4}, (*Point)(nil), struct{}{}, struct {
			A int
			b string
		}{1, "b"},
		Nested{Name: "n", M: map[string]int{"k": 1}, S: []byte("s"), I: Named(3), E: Named2(8), inner: 5},
		&Nested{Ptr: nil},
		Named(7), Named2(3), Go{1}, Fmt{}, Panics{}, (*PanicsErr)(nil), error(nil),
		Embedded{Point: Point{1, 2}, Named: 4}, List{1, nil},
		time.Duration(1500) * time.Millisecond, time.March, time.Saturday,
		[]error{Named2(1), nil}, []Named{1, 2}, map[Named]Named{1: 2}, [][]int{{1}, {2, 3}, nil}, &[]int{1}, &map[string]int{"a": 1},
		&[2]int{5, 6}, (chan int)(nil), (func())(nil), []*Point{nil}, struct{ p *int }{nil}, [0]int{},
		[]interface{}{[]interface{}{}}, struct{ e error }{Named2(1)}, struct{ E error }{Named2(2)},
	}
	formats := []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%X", "%o", "%O", "%b", "%c", "%U", "%#U", "%e", "%E", "%f", "%F", "%g", "%G", "%t",
		"%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%# x", "% x", "%#o", "%#b", "%8.3f", "%-8.2f|", "%08.2f", "%+.2e", "%.3g", "%#g", "%#.3g", "%6.2s|", "%-6s|", "%.2s", "%+q", "%#q",
		"%10v|", "%-10v|", "%010v|", "%+5v", "%z", "%!", "%6.3v|", "%w", "% 5d|", "%.0d|", "%.5d|", "%8.5d|", "%-08d|", "%+08.1f|", "% .3f|", "%#v|", "%#+v|", "%x|", "%10T|", "%+.3x", "%6c|", "%-4q|", "%#X", "%.2x", "%08s|", "%08q|", "%1.1f", "%#.2f", "%#e", "%#.0f", "%#x|"}
	for i, v := range values {
		for _, f := range formats {
			func() {
				defer func() {
					if r := recover(); r != nil {
						fmt.Println("PANIC", i, f, r)
					}
				}()
				fmt.Printf("%d %s: "+f+"\n", i, f[1:], v)
			}()
		}
		fmt.Print(v, v, "s", v, "t", 1, 2, "\n")
		fmt.Println(v, v)
	}
	fmt.Fprintln(os.Stdout, "done")
}
