// SPDX-License-Identifier: Apache-2.0
// Functions and methods: calling them, and making them.
package reflect

import (
	"strconv"
	"unsafe"
)

func itoa(n int) string { return strconv.Itoa(n) }

// codeOf is the number that stands for the code of a func value, methodCode that of every bound method.
func codeOf(f unsafe.Pointer) uintptr

const methodCode = 0x47f000

// call calls the func value f, or, when it is nil, the function of that number with its receiver. The arguments have
// the types of the parameters.
func call(f unsafe.Pointer, function int, receiver unsafe.Pointer, t *rtype, args []Value) []Value

// methodOf finds method i of a value: its number, the receiver as it takes it, and its type.
func methodOf(v Value, i int) (function int, receiver unsafe.Pointer, t *rtype)

// These make func values of the type.
func madeFunc(t *rtype, fn, check func([]Value) []Value) unsafe.Pointer
func methodValue(t *rtype, function int, receiver unsafe.Pointer) unsafe.Pointer
func methodExpression(t, receiver *rtype, i int) unsafe.Pointer

func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	return Value{t, madeFunc(t, fn, func(out []Value) []Value { return results(t, out) }), 0}
}

// results checks and converts what the function of MakeFunc has returned.
func results(t *rtype, out []Value) []Value {
	_, n, _ := t.signature()
	if len(out) != n {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	fit := make([]Value, n)
	for i, v := range out {
		if v.typ == nil {
			panic("reflect: function created by MakeFunc using closure returned zero Value")
		}
		if v.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
		}
		fit[i] = v.assignTo("reflect.MakeFunc", t.result(i))
	}
	return fit
}

// ---- Methods of values

func (v Value) methodNumber() int { return int(v.flag >> methodShift) }

// receiver is the value that v is a method of.
func (v Value) receiver() Value {
	v.flag &= flagIndir | flagAddr
	return v
}

// bound is a method of a value as a func value.
func (v Value) bound(op string) Value {
	if v.typ.kind() == Interface && loadAny(v.receiver()) == nil {
		panic("reflect: " + op + " of method on nil interface value")
	}
	function, receiver, t := methodOf(v.receiver(), v.methodNumber())
	return Value{t, methodValue(t, function, receiver), v.flag & flagRO}
}

func (v Value) NumMethod() int {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return 0
	}
	return v.typ.NumMethod()
}

func (v Value) Method(i int) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if v.flag&flagMethod != 0 || uint(i) >= uint(v.typ.NumMethod()) {
		panic("reflect: Method index out of range")
	}
	if v.typ.kind() == Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	if _, pkg, _ := v.typ.method(i); pkg != "" {
		v.flag |= flagStickyRO
	}
	v.flag = v.flag&(flagIndir|flagAddr) | v.ro() | flagMethod | flag(i)<<methodShift
	return v
}

func (v Value) MethodByName(name string) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	for i := 0; i < v.typ.numMethods(); i++ {
		if n, _, _ := v.typ.method(i); n == name {
			return v.Method(i)
		}
	}
	return Value{}
}

// ---- Calls

func (v Value) Call(in []Value) []Value {
	v.must(Func, "Call")
	v.mustBeExported("Call")
	return v.call("Call", in)
}

func (v Value) CallSlice(in []Value) []Value {
	v.must(Func, "CallSlice")
	v.mustBeExported("CallSlice")
	return v.call("CallSlice", in)
}

func (v Value) call(op string, in []Value) []Value {
	t := v.typ
	var f, receiver unsafe.Pointer
	function := 0
	if v.flag&flagMethod != 0 {
		if v.typ.kind() == Interface && loadAny(v.receiver()) == nil {
			panic("reflect: " + op + " of method on nil interface value")
		}
		function, receiver, t = methodOf(v.receiver(), v.methodNumber())
	} else if f = v.word(); f == nil {
		panic("reflect.Value.Call: call of nil function")
	}
	n, _, variadic := t.signature()
	fixed := n
	if op == "CallSlice" {
		if !variadic {
			panic("reflect: CallSlice of non-variadic function")
		}
		if len(in) < n {
			panic("reflect: CallSlice with too few input arguments")
		}
		if len(in) > n {
			panic("reflect: CallSlice with too many input arguments")
		}
		variadic = false
	} else {
		if variadic {
			fixed--
		}
		if len(in) < fixed {
			panic("reflect: Call with too few input arguments")
		}
		if !variadic && len(in) > n {
			panic("reflect: Call with too many input arguments")
		}
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i := 0; i < fixed; i++ {
		if x := in[i].Type(); !x.AssignableTo(t.param(i)) {
			panic("reflect: " + op + " using " + x.String() + " as type " + t.param(i).String())
		}
	}
	args := append([]Value(nil), in[:fixed]...)
	if variadic {
		args = append(args, variadicArgument(op, t.param(fixed), in[fixed:]))
	}
	for i, x := range args {
		x.mustBeExported(op)
		args[i] = x.assignTo("reflect.Value.Call", t.param(i))
	}
	return call(f, function, receiver, t, args)
}

func variadicArgument(op string, t *rtype, in []Value) Value {
	slice := MakeSlice(t, len(in), len(in))
	for i, x := range in {
		if !x.Type().AssignableTo(t.elem()) {
			panic("reflect: cannot use " + x.Type().String() + " as type " + t.elem().String() + " in " + op)
		}
		slice.Index(i).Set(x)
	}
	return slice
}
