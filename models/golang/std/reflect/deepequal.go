// SPDX-License-Identifier: Apache-2.0
// DeepEqual.
package reflect

import "unsafe"

// Two values under comparison: a pair that is met again inside itself counts as equal.
type pair struct {
	a, b unsafe.Pointer
	typ  *rtype
}

func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	a, b := ValueOf(x), ValueOf(y)
	return a.typ == b.typ && deepEqual(a, b, map[pair]bool{})
}

func deepEqual(a, b Value, seen map[pair]bool) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case Pointer, Map, Slice:
		p := pair{a.UnsafePointer(), b.UnsafePointer(), a.typ}
		if a.IsNil() != b.IsNil() {
			return false
		}
		if a.Kind() != Pointer && a.Len() != b.Len() {
			return false
		}
		if p.a == p.b || seen[p] {
			return true
		}
		if !a.IsNil() {
			seen[p] = true
		}
	}
	switch a.Kind() {
	case Array, Slice:
		for i := 0; i < a.Len(); i++ {
			if !deepEqual(a.Index(i), b.Index(i), seen) {
				return false
			}
		}
		return true
	case Interface, Pointer:
		return deepEqual(a.Elem(), b.Elem(), seen)
	case Struct:
		for i := 0; i < a.NumField(); i++ {
			if !deepEqual(a.Field(i), b.Field(i), seen) {
				return false
			}
		}
		return true
	case Map:
		for it := a.MapRange(); it.Next(); {
			other := b.MapIndex(it.Key())
			if !other.IsValid() || !deepEqual(it.Value(), other, seen) {
				return false
			}
		}
		return true
	case Func:
		return a.IsNil() && b.IsNil()
	}
	return a.any() == b.any()
}
