// SPDX-License-Identifier: Apache-2.0
// sync.OnceFunc: a function that runs once; a panic is repeated by every call.
package sync

func OnceFunc(f func()) func() {
	var once Once
	valid := false
	var p any
	first := func() {
		defer func() {
			p = recover()
			if !valid {
				panic(p)
			}
		}()
		f()
		f = nil
		valid = true
	}
	return func() {
		once.Do(first)
		if !valid {
			panic(p)
		}
	}
}
