// SPDX-License-Identifier: Apache-2.0
// Sorting and searching of slices of any type, in the order of equal elements that package sort leaves.
package slices

import (
	"cmp"
	"sort"
)

type sorter[E any] struct {
	s   []E
	cmp func(a, b E) int
}

func (x *sorter[E]) Len() int           { return len(x.s) }
func (x *sorter[E]) Less(i, j int) bool { return x.cmp(x.s[i], x.s[j]) < 0 }
func (x *sorter[E]) Swap(i, j int)      { x.s[i], x.s[j] = x.s[j], x.s[i] }

func Sort[S ~[]E, E cmp.Ordered](x S) { sort.Sort(&sorter[E]{x, cmp.Compare[E]}) }

func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) { sort.Sort(&sorter[E]{x, cmp}) }

func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) { sort.Stable(&sorter[E]{x, cmp}) }

func IsSorted[S ~[]E, E cmp.Ordered](x S) bool { return IsSortedFunc(x, cmp.Compare[E]) }

func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = min(m, x[i])
	}
	return m
}

func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) < 0 {
			m = x[i]
		}
	}
	return m
}

func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		m = max(m, x[i])
	}
	return m
}

func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		if cmp(x[i], m) > 0 {
			m = x[i]
		}
	}
	return m
}

func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	return BinarySearchFunc(x, target, cmp.Compare[E])
}

func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	lo, hi := 0, len(x)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if cmp(x[mid], target) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(x) && cmp(x[lo], target) == 0
}
