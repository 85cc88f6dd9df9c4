// SPDX-License-Identifier: Apache-2.0
// sync.OnceValue and OnceValues: functions computed once.
package sync

func OnceValue[T any](f func() T) func() T {
	var once Once
	valid := false
	var p any
	var result T
	first := func() {
		defer func() {
			p = recover()
			if !valid {
				panic(p)
			}
		}()
		result = f()
		f = nil
		valid = true
	}
	return func() T {
		once.Do(first)
		if !valid {
			panic(p)
		}
		return result
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var once Once
	valid := false
	var p any
	var r1 T1
	var r2 T2
	first := func() {
		defer func() {
			p = recover()
			if !valid {
				panic(p)
			}
		}()
		r1, r2 = f()
		f = nil
		valid = true
	}
	return func() (T1, T2) {
		once.Do(first)
		if !valid {
			panic(p)
		}
		return r1, r2
	}
}
