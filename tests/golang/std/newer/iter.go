// Sequences: pulling values, and what slices, strings and bytes have to do with them.
package main

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
)

func check(what string, got, want any) {
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		panic(fmt.Sprintf("%s: got %q, want %q", what, g, w))
	}
}

func quoted[T ~string | ~[]byte](seq iter.Seq[T]) (all string) {
	seq(func(v T) bool {
		all += fmt.Sprintf("%q ", string(v))
		return true
	})
	return all
}

func main() {
	stopped := false
	count := func(yield func(int) bool) {
		defer func() { stopped = true }()
		for i := 0; i < 3; i++ {
			if !yield(i) {
				return
			}
		}
	}
	next, stop := iter.Pull(iter.Seq[int](count))
	for i := 0; i < 3; i++ {
		v, ok := next()
		check("next", fmt.Sprint(v, ok), fmt.Sprint(i, true))
	}
	v, ok := next()
	check("end", fmt.Sprint(v, ok, stopped), "0 false true")
	stop()

	stopped = false
	next, stop = iter.Pull(iter.Seq[int](count))
	next()
	stop()
	check("stopped", stopped, true)
	v, ok = next()
	check("after stop", fmt.Sprint(v, ok), "0 false")
	_, stop = iter.Pull(iter.Seq[int](count))
	stop()

	next2, stop2 := iter.Pull2(slices.All([]string{"a", "b"}))
	k, s, ok := next2()
	check("Pull2", fmt.Sprint(k, s, ok), "0atrue")
	stop2()

	func() {
		defer func() { check("panic", recover(), "inside") }()
		next, stop := iter.Pull(func(yield func(int) bool) { panic("inside") })
		defer stop()
		next()
	}()

	var chunks []string
	slices.Chunk([]int{1, 2, 3, 4, 5}, 2)(func(c []int) bool {
		chunks = append(chunks, fmt.Sprint(c, cap(c)))
		return true
	})
	check("Chunk", chunks, "[[1 2] 2 [3 4] 2 [5] 1]")
	check("SortedStableFunc", slices.SortedStableFunc(slices.Values([]string{"bb", "a", "cc", "d"}), func(a, b string) int {
		return len(a) - len(b)
	}), "[a d bb cc]")

	check("Lines", quoted(strings.Lines("a\n\nb")), `"a\n" "\n" "b" `)
	check("SplitSeq", quoted(strings.SplitSeq("a,b,,", ",")), `"a" "b" "" "" `)
	check("SplitSeq of letters", quoted(strings.SplitSeq("aé", "")), `"a" "é" `)
	check("SplitAfterSeq", quoted(strings.SplitAfterSeq("a,b", ",")), `"a," "b" `)
	check("FieldsSeq", quoted(strings.FieldsSeq("  a b\tc ")), `"a" "b" "c" `)
	check("bytes", quoted(bytes.SplitSeq([]byte("x-y"), []byte("-"))), `"x" "y" `)
	check("bytes", quoted(bytes.FieldsSeq([]byte(" x  y"))), `"x" "y" `)
	check("bytes", quoted(bytes.Lines([]byte("x\ny\n"))), `"x\n" "y\n" `)
}
