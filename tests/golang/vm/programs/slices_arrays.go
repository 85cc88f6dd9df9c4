package main

import "fmt"

type P struct{ X, Y int }


func caps() {
	var s []int
	last := -1
	for i := 0; i < 5000; i++ {
		s = append(s, i)
		if cap(s) != last {
			last = cap(s)
			fmt.Print(last, " ")
		}
	}
	fmt.Println()
	var b []byte
	last = -1
	for i := 0; i < 5000; i++ {
		b = append(b, 1)
		if cap(b) != last {
			last = cap(b)
			fmt.Print(last, " ")
		}
	}
	fmt.Println()
	var p []P
	last = -1
	for i := 0; i < 600; i++ {
		p = append(p, P{i, i})
		if cap(p) != last {
			last = cap(p)
			fmt.Print(last, " ")
		}
	}
	fmt.Println()
}

func modify(a [3]int, s []int, p *[3]int) {
	a[0] = 100
	s[0] = 100
	p[0] = 100
}

func variadic(xs ...int) int {
	t := 0
	for _, x := range xs {
		t += x
	}
	return t*100 + len(xs)
}

func main() {
	caps()
	a := [3]int{1, 2, 3}
	b := a
	s := a[:]
	modify(b, s, &b)
	fmt.Println(a, b, s, len(a), cap(s[1:2]), cap(s[1:2:2]))
	c := [...]string{2: "c", 0: "a"}
	fmt.Println(len(c), c, c == [3]string{"a", "", "c"})
	m := [2][3]int{{1, 2, 3}, {4, 5, 6}}
	m[1][2] = 60
	k := 1
	m[k][k]++
	row := m[k]
	row[0] = 9
	fmt.Println(m, row, len(m[0]))
	x := append([]int(nil), 1, 2, 3)
	y := append(x, 4)
	z := append(x, 5)
	fmt.Println(x, y, z, len(x), cap(x))
	y[0] = 42
	fmt.Println(x[0], z[0])
	var n []int
	fmt.Println(n == nil, len(n), n[0:0] == nil, append(n, n...) == nil)
	w := make([]int, 2, 10)
	w = append(w, 1, 2, 3)
	copy(w[1:], w)
	fmt.Println(w, w[:7], len(w[2:]), copy(w, []int{7, 8}))
	fmt.Println(variadic(), variadic(1, 2), variadic(x...))
	for i, v := range a {
		a[2] = 10
		fmt.Print(i, v, " ")
	}
	for i, v := range &a {
		a[2] = 11
		fmt.Print(i, v, " ")
	}
	for i := range w {
		w[i] = i * i
	}
	fmt.Println(w)
	ps := []P{{1, 2}, {3, 4}}
	ps[0].X = 10
	pp := &ps[1]
	pp.Y = 40
	for _, p := range ps {
		p.X = 0
	}
	fmt.Println(ps, *pp)
	q := []*P{{5, 6}, {7, 8}}
	q[1].X++
	fmt.Println(*q[0], *q[1], len(q))
	mm := [][]int{{1}, {2, 3}, nil}
	mm[2] = append(mm[2], 4)
	fmt.Println(mm, len(mm[1]))
	var arr [5]P
	arr[2].Y = 3
	i := 2
	arr[i].X = arr[i].Y + 1
	fmt.Println(arr)
	e := append([]interface{}{1, "a"}, 2.5, nil)
	fmt.Println(e...)
	sl := []int{0, 1, 2, 3, 4, 5}
	sl = append(sl[:2], sl[3:]...)
	fmt.Println(sl, sl[len(sl)-1])
	var pa *[3]int = &a
	for i := range pa {
		pa[i] = i
	}
	fmt.Println(*pa, len(pa), pa[1:])
	ap := (*[2]int)(sl)
	ap[0] = 77
	fmt.Println(sl[0], *ap)
	idx := map[string][]int{}
	idx["a"] = append(idx["a"], 1)
	idx["a"] = append(idx["a"], 2)
	fmt.Println(idx["a"], len(idx["b"]))
}
