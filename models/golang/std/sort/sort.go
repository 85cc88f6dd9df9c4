// SPDX-License-Identifier: Apache-2.0
// Package sort: sorting of collections and binary search.
package sort

type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

type lessSwap struct {
	less func(i, j int) bool
	swap func(i, j int)
}

// swapElements exchanges two elements of the slice in x.
func swapElements(x any, i, j int)

// lenOf returns the length of the slice in x, or -1 if x is none.
func lenOf(x any) int

func kindName(x any) string

// insertion sorts the elements from lo to hi in place; it is stable.
func insertion(d *lessSwap, lo, hi int) {
	for i := lo + 1; i < hi; i++ {
		for j := i; j > lo && d.less(j, j-1); j-- {
			d.swap(j, j-1)
		}
	}
}

func siftDown(d *lessSwap, lo, hi, first int) {
	root := lo
	for {
		child := 2*root + 1
		if child >= hi {
			return
		}
		if child+1 < hi && d.less(first+child, first+child+1) {
			child++
		}
		if !d.less(first+root, first+child) {
			return
		}
		d.swap(first+root, first+child)
		root = child
	}
}

func heapSort(d *lessSwap, lo, hi int) {
	n := hi - lo
	for i := (n - 1) / 2; i >= 0; i-- {
		siftDown(d, i, n, lo)
	}
	for i := n - 1; i >= 0; i-- {
		d.swap(lo, lo+i)
		siftDown(d, 0, i, lo)
	}
}

// pattern is what a sample of the elements looks like.
type pattern int

const (
	patternUnknown pattern = iota
	patternIncreasing
	patternDecreasing
)

// patternDefeating is the pattern-defeating quicksort of Orson Peters (arXiv 2106.05123), with the constants of gc, so
// that equal elements end in the same order; limit is the number of bad pivots after which the heap takes over.
func patternDefeating(d *lessSwap, lo, hi, limit int) {
	balanced, partitioned := true, true
	for {
		n := hi - lo
		if n <= 12 {
			insertion(d, lo, hi)
			return
		}
		if limit == 0 {
			heapSort(d, lo, hi)
			return
		}
		if !balanced {
			breakPatterns(d, lo, hi)
			limit--
		}
		pivot, seen := choosePivot(d, lo, hi)
		if seen == patternDecreasing {
			reverseRange(d, lo, hi)
			pivot = hi - 1 - (pivot - lo)
			seen = patternIncreasing
		}
		if balanced && partitioned && seen == patternIncreasing && nearlySorted(d, lo, hi) {
			return
		}
		if lo > 0 && !d.less(lo-1, pivot) {
			lo = partitionEqual(d, lo, hi, pivot)
			continue
		}
		var mid int
		mid, partitioned = partition(d, lo, hi, pivot)
		left, right := mid-lo, hi-mid
		if left < right {
			balanced = left >= n/8
			patternDefeating(d, lo, mid, limit)
			lo = mid + 1
		} else {
			balanced = right >= n/8
			patternDefeating(d, mid+1, hi, limit)
			hi = mid
		}
	}
}

// partition moves what is less than the pivot before it; done says that it already was there.
func partition(d *lessSwap, lo, hi, pivot int) (mid int, done bool) {
	d.swap(lo, pivot)
	i, j := lo+1, hi-1
	done = true
	for {
		for i <= j && d.less(i, lo) {
			i++
		}
		for i <= j && !d.less(j, lo) {
			j--
		}
		if i > j {
			break
		}
		done = false
		d.swap(i, j)
		i++
		j--
	}
	d.swap(j, lo)
	return j, done
}

// partitionEqual moves what equals the pivot to the front, given that nothing is less, and returns where the rest begins.
func partitionEqual(d *lessSwap, lo, hi, pivot int) int {
	d.swap(lo, pivot)
	i, j := lo+1, hi-1
	for {
		for i <= j && !d.less(lo, i) {
			i++
		}
		for i <= j && d.less(lo, j) {
			j--
		}
		if i > j {
			return i
		}
		d.swap(i, j)
		i++
		j--
	}
}

// nearlySorted mends up to five inversions, and says whether that sorted the range.
func nearlySorted(d *lessSwap, lo, hi int) bool {
	i := lo + 1
	for step := 0; step < 5; step++ {
		for i < hi && !d.less(i, i-1) {
			i++
		}
		if i == hi {
			return true
		}
		if hi-lo < 50 {
			return false
		}
		d.swap(i, i-1)
		if i-lo >= 2 {
			for j := i - 1; j >= 1 && d.less(j, j-1); j-- {
				d.swap(j, j-1)
			}
		}
		if hi-i >= 2 {
			for j := i + 1; j < hi && d.less(j, j-1); j++ {
				d.swap(j, j-1)
			}
		}
	}
	return false
}

func bitLength(n uint) (bits int) {
	for ; n > 0; n >>= 1 {
		bits++
	}
	return bits
}

// breakPatterns moves three elements around the middle to places that look random.
func breakPatterns(d *lessSwap, lo, hi int) {
	n := hi - lo
	if n < 8 {
		return
	}
	random := uint64(n)
	mask := uint(1)<<bitLength(uint(n)) - 1
	at := lo + (n/4)*2 - 1
	for i := 0; i < 3; i++ {
		random ^= random << 13
		random ^= random >> 17
		random ^= random << 5
		other := int(uint(random) & mask)
		if other >= n {
			other -= n
		}
		d.swap(at+i, lo+other)
	}
}

// choosePivot takes the median of three, for long ranges of three medians of neighbours.
func choosePivot(d *lessSwap, lo, hi int) (pivot int, seen pattern) {
	n := hi - lo
	swaps := 0
	median := func(a, b, c int) int {
		if d.less(b, a) {
			swaps++
			a, b = b, a
		}
		if d.less(c, b) {
			swaps++
			b, c = c, b
		}
		if d.less(b, a) {
			swaps++
			a, b = b, a
		}
		return b
	}
	i, j, k := lo+n/4, lo+n/4*2, lo+n/4*3
	if n >= 8 {
		if n >= 50 {
			i = median(i-1, i, i+1)
			j = median(j-1, j, j+1)
			k = median(k-1, k, k+1)
		}
		j = median(i, j, k)
	}
	switch swaps {
	case 0:
		return j, patternIncreasing
	case 12:
		return j, patternDecreasing
	}
	return j, patternUnknown
}

func sortAll(d *lessSwap, n int) {
	patternDefeating(d, 0, n, bitLength(uint(n)))
}

// stable sorts blocks by insertion, then merges neighbours in place by rotation.
func stable(d *lessSwap, n int) {
	block := 20
	a, b := 0, block
	for b <= n {
		insertion(d, a, b)
		a = b
		b += block
	}
	insertion(d, a, n)
	for block < n {
		a, b = 0, 2*block
		for b <= n {
			merge(d, a, a+block, b)
			a = b
			b += 2 * block
		}
		if m := a + block; m < n {
			merge(d, a, m, n)
		}
		block *= 2
	}
}

func merge(d *lessSwap, a, m, b int) {
	if a >= m || m >= b {
		return
	}
	if b-a == 2 {
		if d.less(m, a) {
			d.swap(m, a)
		}
		return
	}
	var left, right int
	if m-a > b-m {
		left = a + (m-a)/2
		lo, hi := m, b
		for lo < hi {
			h := lo + (hi-lo)/2
			if d.less(h, left) {
				lo = h + 1
			} else {
				hi = h
			}
		}
		right = lo
	} else {
		right = m + (b-m)/2
		lo, hi := a, m
		for lo < hi {
			h := lo + (hi-lo)/2
			if !d.less(right, h) {
				lo = h + 1
			} else {
				hi = h
			}
		}
		left = lo
		right++
		rotate(d, left, m, right)
		end := left + (right - m)
		merge(d, a, left, end-1)
		merge(d, end, right, b)
		return
	}
	rotate(d, left, m, right)
	mid := left + (right - m)
	merge(d, a, left, mid)
	merge(d, mid+1, right, b)
}

// rotate exchanges the neighbouring blocks from a to m and from m to b.
func rotate(d *lessSwap, a, m, b int) {
	reverseRange(d, a, m)
	reverseRange(d, m, b)
	reverseRange(d, a, b)
}

func reverseRange(d *lessSwap, a, b int) {
	for b--; a < b; b-- {
		d.swap(a, b)
		a++
	}
}

func Sort(data Interface) {
	sortAll(&lessSwap{data.Less, data.Swap}, data.Len())
}

func Stable(data Interface) {
	stable(&lessSwap{data.Less, data.Swap}, data.Len())
}

func checkedLen(x any) int {
	n := lenOf(x)
	if n < 0 {
		if x == nil {
			panic(&valueError{"reflect.Value.Len", "zero Value"})
		}
		panic(&valueError{"Swapper", kindName(x) + " Value"})
	}
	return n
}

type valueError struct {
	method string
	kind   string
}

func (e *valueError) Error() string {
	return "reflect: call of " + e.method + " on " + e.kind
}

func Slice(x any, less func(i, j int) bool) {
	n := checkedLen(x)
	sortAll(&lessSwap{less, func(i, j int) { swapElements(x, i, j) }}, n)
}

func SliceStable(x any, less func(i, j int) bool) {
	n := checkedLen(x)
	stable(&lessSwap{less, func(i, j int) { swapElements(x, i, j) }}, n)
}

func SliceIsSorted(x any, less func(i, j int) bool) bool {
	for i := checkedLen(x) - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}

func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverse struct {
	Interface
}

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

func Reverse(data Interface) Interface { return &reverse{data} }

type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }
func (x IntSlice) Sort()              { Ints(x) }
func (x IntSlice) Search(v int) int   { return SearchInts(x, v) }

type Float64Slice []float64

func (x Float64Slice) Len() int             { return len(x) }
func (x Float64Slice) Less(i, j int) bool   { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)        { x[i], x[j] = x[j], x[i] }
func (x Float64Slice) Sort()                { Float64s(x) }
func (x Float64Slice) Search(v float64) int { return SearchFloat64s(x, v) }

type StringSlice []string

func (x StringSlice) Len() int            { return len(x) }
func (x StringSlice) Less(i, j int) bool  { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)       { x[i], x[j] = x[j], x[i] }
func (x StringSlice) Sort()               { Strings(x) }
func (x StringSlice) Search(v string) int { return SearchStrings(x, v) }

// The natives sort numbers and strings, which have no order of their own among equals.
func sortInts(x []int)
func sortFloat64s(x []float64)
func sortStrings(x []string)

func Ints(x []int)         { sortInts(x) }
func Float64s(x []float64) { sortFloat64s(x) }
func Strings(x []string)   { sortStrings(x) }

func IntsAreSorted(x []int) bool         { return IsSorted(IntSlice(x)) }
func Float64sAreSorted(x []float64) bool { return IsSorted(Float64Slice(x)) }
func StringsAreSorted(x []string) bool   { return IsSorted(StringSlice(x)) }

// Search returns the smallest i from 0 to n for which f(i) holds, or n.
func Search(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if f(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

func Find(n int, cmp func(int) int) (i int, found bool) {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if cmp(mid) > 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < n && cmp(lo) == 0
}

func SearchInts(a []int, x int) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

func SearchFloat64s(a []float64, x float64) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}
