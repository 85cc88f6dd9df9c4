package main

import (
	"fmt"
	"math"
	"sort"
)

type K struct {
	a int
	b string
}
type I interface{ M() int }
type T int

func (t T) M() int { return int(t) }

func keys(m map[string]int) []string {
	var ks []string
	for k := range m {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return ks
}

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"] = 3
	m["one"] += 10
	m["four"]++
	v, ok := m["two"]
	_, no := m["nope"]
	fmt.Println(len(m), v, ok, no, m["one"], keys(m))
	delete(m, "two")
	delete(m, "absent")
	fmt.Println(m, len(m))
	var nilm map[string]int
	fmt.Println(nilm["x"], len(nilm), nilm == nil)
	delete(nilm, "x")
	for range nilm {
		fmt.Println("never")
	}
	sk := map[K]string{{1, "a"}: "x", {2, "b"}: "y"}
	sk[K{1, "a"}] += "!"
	fmt.Println(sk[K{1, "a"}], sk[K{3, ""}] == "", len(sk))
	ak := map[[2]int]bool{{1, 2}: true}
	fmt.Println(ak[[2]int{1, 2}], ak[[2]int{2, 1}])
	ik := map[interface{}]int{1: 1, "1": 2, 1.0: 3, K{1, "a"}: 4, T(1): 5, [1]int{1}: 6}
	fmt.Println(ik[1], ik["1"], ik[1.0], ik[K{1, "a"}], ik[T(1)], ik[int64(1)], ik[[1]int{1}])
	im := map[I]string{T(3): "three"}
	fmt.Println(im[T(3)], im[T(4)] == "")
	nan := math.NaN()
	fm := map[float64]int{nan: 1, nan: 2, 0.0: 3}
	fm[nan] = 4
	neg := 0.0
	neg = -neg
	fm[math.Copysign(0, -1)] = 5
	_, found := fm[nan]
	fmt.Println(len(fm), fm[0], found)
	pm := map[*int]int{}
	x, y := 1, 1
	pm[&x], pm[&y] = 1, 2
	fmt.Println(pm[&x], pm[&y], len(pm))
	mm := map[string]map[string]int{}
	if mm["a"] == nil {
		mm["a"] = map[string]int{}
	}
	mm["a"]["b"] = 7
	fmt.Println(mm["a"]["b"], mm["q"]["r"])
	big := make(map[int]int, 100)
	for i := 0; i < 10000; i++ {
		big[i*7] = i
	}
	sum := 0
	for k, v := range big {
		if k != v*7 {
			fmt.Println("bad", k, v)
		}
		sum += v
		delete(big, k)
	}
	fmt.Println(sum, len(big))
	g := map[int]bool{1: true}
	n := 0
	for k := range g {
		if n < 100 {
			g[k+1000+n] = true
		}
		n++
		if n > 5000 {
			break
		}
	}
	fmt.Println(len(g) >= 2)
	st := map[string]struct{ n, m int }{"a": {1, 2}}
	fmt.Println(st["a"].m, st["b"].n)
	fs := map[string]func(int) int{"d": func(i int) int { return 2 * i }}
	fmt.Println(fs["d"](21))
	cnt := map[rune]int{}
	for _, r := range "mississippi" {
		cnt[r]++
	}
	fmt.Println(cnt['s'], cnt['i'], cnt)
	var arr = map[string][2]int{"z": {1, 2}}
	fmt.Println(arr["z"][1])
	if v, ok := m["one"]; ok && v == 11 {
		fmt.Println("eleven")
	}
	type E struct{}
	em := map[E]int{{}: 1}
	em[E{}]++
	fmt.Println(em[E{}], len(em))
}
