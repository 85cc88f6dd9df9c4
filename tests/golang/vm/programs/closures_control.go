package main

import "fmt"

type Node struct {
	val         int
	left, right *Node
}

func (n *Node) Insert(v int) *Node {
	if n == nil {
		return &Node{val: v}
	}
	if v < n.val {
		n.left = n.left.Insert(v)
	} else {
		n.right = n.right.Insert(v)
	}
	return n
}
func (n *Node) Walk(f func(int)) {
	if n != nil {
		n.left.Walk(f)
		f(n.val)
		n.right.Walk(f)
	}
}

func counter() (func() int, func()) {
	c := 0
	return func() int { c++; return c }, func() { c = 100 }
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func multi(a, b int) (sum, diff int, s string) {
	sum, diff = a+b, a-b
	s = "ok"
	return
}

func sw(x int) string {
	switch {
	case x < 0:
		return "neg"
	case x == 0:
		fallthrough
	case x == 1:
		return "small"
	}
	switch y := x % 3; y {
	case 0, 1:
		return "01"
	default:
		return "def"
	}
}

var global = initGlobal()
var dep = other * 2
var other = 21
var (
	p, q = multi2()
	tbl  = map[string]func() int{"g": func() int { return global }}
)

func multi2() (int, string) { return 1, "q" }
func initGlobal() int       { return 7 }
func init()                 { global++ }
func init()                 { global *= 10 }

type Matrix [2][2]int
type Opt func(*cfg)
type cfg struct {
	n int
	s string
}

func with(n int) Opt { return func(c *cfg) { c.n = n } }
func build(opts ...Opt) cfg {
	c := cfg{s: "default"}
	for _, o := range opts {
		o(&c)
	}
	return c
}

func eval(s string, v int) int { fmt.Print(s, " "); return v }

func main() {
	next, reset := counter()
	next()
	next()
	fmt.Println(next())
	reset()
	fmt.Println(next())
	f := fib()
	for i := 0; i < 10; i++ {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	fmt.Println(multi(7, 3))
	for i := -1; i < 6; i++ {
		fmt.Print(sw(i), " ")
	}
	fmt.Println(global, dep, p, q, tbl["g"]())
	var root *Node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.Insert(v)
	}
	sum := 0
	root.Walk(func(v int) { sum += v; fmt.Print(v, " ") })
	fmt.Println(sum)
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	i := 0
again:
	i++
	if i < 5 {
		goto again
	}
	fmt.Println(i)
	a, b, c := 1, 2, 3
	a, b, c = c, a, b
	xs := []int{0, 1, 2}
	k := 0
	k, xs[k] = 2, 9
	fmt.Println(a, b, c, xs, k)
	m := Matrix{{1, 2}, {3, 4}}
	n := m
	n[0][0] = 50
	pm := &m
	pm[1][1] = 40
	fmt.Println(m, n, m == n)
	fmt.Println(build(), build(with(3), func(c *cfg) { c.s = "x" }))
	fmt.Println(eval("a", 1) + eval("b", 2)*eval("c", 3))
	arr := []int{eval("x", 0), eval("y", 1)}
	arr[eval("i", 0)] = eval("v", 5)
	fmt.Println(arr)
	fact := func() func(int) int {
		var self func(int) int
		self = func(n int) int {
			if n <= 1 {
				return 1
			}
			return n * self(n-1)
		}
		return self
	}()
	fmt.Println(fact(10))
	var funcs []func() int
	for i := 0; i < 3; i++ {
		i := i
		funcs = append(funcs, func() int { i *= 2; return i })
	}
	for _, f := range funcs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	type pair struct {
		a int
		b *int
	}
	z := 3
	pr := pair{1, &z}
	*pr.b += 4
	pp := &pr
	pp.a, *pp.b = 10, 20
	cp := *pp
	cp.a = 99
	fmt.Println(pr.a, z, cp.a, *cp.b)
	func(args ...interface{}) { fmt.Println(len(args), args) }(1, "two", nil)
	var iface interface{} = pr
	cp2 := iface.(pair)
	cp2.a = 1000
	fmt.Println(iface.(pair).a)
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, ",", j, " ")
	}
	fmt.Println()
	x := 5
	ptr := &x
	pptr := &ptr
	**pptr = 6
	fmt.Println(x, *ptr == **pptr, ptr == *pptr)
	for {
		if x++; x > 10 {
			break
		}
	}
	fmt.Println(x)
	const big = 1 << 100
	fmt.Println(big>>98, len("abc"))
	s := struct {
		A int
		B []string
		c map[string]int
	}{1, []string{"x"}, nil}
	fmt.Printf("%v %+v\n", s, s)
	var e1, e2 struct{}
	fmt.Println(e1 == e2)
	switch x := interface{}(x).(type) {
	case int:
		x++
		fmt.Println(x)
	}
	fmt.Println(x)
}
