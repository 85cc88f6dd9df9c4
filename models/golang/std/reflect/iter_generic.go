// SPDX-License-Identifier: Apache-2.0
// What needs type parameters: TypeFor, TypeAssert, and values as sequences.
package reflect

import "iter"

func TypeFor[T any]() Type {
	var p *T
	return TypeOf(p).Elem()
}

func TypeAssert[T any](v Value) (T, bool) {
	if v.typ == nil {
		panic(&ValueError{"reflect.TypeAssert", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	x, ok := v.any().(T)
	return x, ok
}

func (v Value) Seq() iter.Seq[Value] {
	if !v.IsValid() || !v.typ.CanSeq() {
		panic("reflect: " + v.Type().String() + " cannot produce iter.Seq[Value]")
	}
	return func(yield func(Value) bool) {
		switch k := v.Kind(); {
		case k == Func:
			v.Call([]Value{MakeFunc(v.typ.param(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0]))}
			})})
		case isInteger(k):
			v.count(yield)
		case k == Map:
			for it := v.MapRange(); it.Next() && yield(it.Key()); {
			}
		case k == Chan:
			for x, ok := v.Recv(); ok && yield(x); x, ok = v.Recv() {
			}
		default:
			v.Seq2()(func(i, _ Value) bool { return yield(i) })
		}
	}
}

func (v Value) count(yield func(Value) bool) {
	if v.CanInt() {
		for i := int64(0); i < v.Int(); i++ {
			if !yield(ValueOf(i).Convert(v.typ)) {
				return
			}
		}
		return
	}
	for i := uint64(0); i < v.Uint(); i++ {
		if !yield(ValueOf(i).Convert(v.typ)) {
			return
		}
	}
}

func (v Value) Seq2() iter.Seq2[Value, Value] {
	if !v.IsValid() || !v.typ.CanSeq2() {
		panic("reflect: " + v.Type().String() + " cannot produce iter.Seq2[Value, Value]")
	}
	return func(yield func(Value, Value) bool) {
		switch v.Kind() {
		case Func:
			v.Call([]Value{MakeFunc(v.typ.param(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0], in[1]))}
			})})
		case Map:
			for it := v.MapRange(); it.Next() && yield(it.Key(), it.Value()); {
			}
		case String:
			for i, c := range v.String() {
				if !yield(ValueOf(i), ValueOf(c)) {
					return
				}
			}
		default:
			elements := Indirect(v)
			for i := 0; i < v.Len(); i++ {
				if !yield(ValueOf(i), elements.Index(i)) {
					return
				}
			}
		}
	}
}
