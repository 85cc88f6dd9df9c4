// Package sort: orders, stability, the order of equal elements that gc leaves, searching, heaps and lists.
package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"math"
	"sort"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (a byAge) Len() int           { return len(a) }
func (a byAge) Less(i, j int) bool { return a[i].age < a[j].age }
func (a byAge) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }

type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *intHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *intHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func main() {
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	for _, n := range []int{0, 1, 2, 5, 12, 13, 20, 50, 51, 100, 200} {
		for _, keys := range []int{2, 10, 1000000} {
			for shape := 0; shape < 5; shape++ {
				people := make([]person, n)
				for i := range people {
					age := next(keys)
					switch shape {
					case 1:
						age = i
					case 2:
						age = n - i
					case 3:
						age = 7
					case 4:
						age = i % 17
					}
					people[i] = person{fmt.Sprint("p", i), age}
				}
				a := append([]person(nil), people...)
				sort.Slice(a, func(i, j int) bool { return a[i].age < a[j].age })
				b := append([]person(nil), people...)
				sort.Sort(byAge(b))
				c := append([]person(nil), people...)
				sort.SliceStable(c, func(i, j int) bool { return c[i].age < c[j].age })
				d := append([]person(nil), people...)
				sort.Stable(sort.Reverse(byAge(d)))
				h := 0
				for i := range a {
					h = h*31 + len(a[i].name)*7 + int(a[i].name[len(a[i].name)-1]) + a[i].age
					h = h*31 + len(b[i].name)*7 + int(b[i].name[len(b[i].name)-1])
					h = h*31 + int(c[i].name[len(c[i].name)-1])
					h = h*31 + int(d[i].name[len(d[i].name)-1])
				}
				fmt.Println(n, keys, shape, h, sort.IsSorted(byAge(a)), sort.SliceIsSorted(c, func(i, j int) bool { return c[i].age < c[j].age }))
			}
		}
	}
	ints := []int{5, 2, 8, 1, 9, 3}
	sort.Ints(ints)
	fs := []float64{2.5, math.Inf(1), -1, math.NaN(), 0}
	sort.Float64s(fs)
	ss := []string{"b", "a", "C", ""}
	sort.Strings(ss)
	fmt.Println(ints, fs, ss, sort.IntsAreSorted(ints), sort.StringsAreSorted([]string{"b", "a"}))
	sort.Sort(sort.Reverse(sort.IntSlice(ints)))
	fmt.Println(ints, sort.SearchInts([]int{1, 3, 5}, 3), sort.SearchInts([]int{1, 3, 5}, 4), sort.SearchStrings([]string{"a", "c"}, "b"), sort.Search(10, func(i int) bool { return i*i >= 50 }))
	fmt.Println(sort.Find(3, func(i int) int { return 1 - i }))
	h := &intHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	(*h)[0] = 10
	heap.Fix(h, 0)
	fmt.Println(heap.Remove(h, 1))
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println()
	l := list.New()
	e4 := l.PushBack(4)
	e1 := l.PushFront(1)
	l.InsertBefore(3, e4)
	l.InsertAfter(2, e1)
	l.MoveToFront(e4)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	l.Remove(e1)
	fmt.Println(l.Len(), l.Back().Value, l.Back().Prev().Value)
	r := ring.New(3)
	for i := 0; i < 3; i++ {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, " ") })
	fmt.Println(r.Len(), r.Move(2).Value)
	func() {
		defer func() { fmt.Println(recover()) }()
		sort.Slice(5, func(i, j int) bool { return false })
	}()
}
