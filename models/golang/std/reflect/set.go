// SPDX-License-Identifier: Apache-2.0
// Changing variables, slices; assignment and conversion.
package reflect

import "unsafe"

func growSlice(v Value, extra int) Value // a slice that has room for so many more
func copySlice(t *rtype, to unsafe.Pointer, toLength int, from unsafe.Pointer, fromLength int) int

// assignTo is v as a value of type t, which it can be assigned to.
func (v Value) assignTo(context string, t *rtype) Value {
	if v.flag&flagMethod != 0 {
		v = v.bound(context)
	}
	if assignable(t, v.typ) {
		v.typ = t
		v.flag = v.flag&(flagAddr|flagIndir) | v.ro()
		return v
	}
	if t.kind() == Interface && implements(v.typ, t) {
		x := zeroOf(t)
		x.flag |= flagAddr
		storeAny(x, v.any())
		x.flag = x.flag&^flagAddr | v.ro()
		return x
	}
	panic(context + ": value of type " + v.typ.String() + " is not assignable to type " + t.String())
}

func (v Value) Set(x Value) {
	v.mustBeAssignable("Set")
	x.mustBeExported("Set")
	store(v, x.assignTo("reflect.Set", v.typ))
}

func (v Value) SetZero() {
	v.mustBeAssignable("SetZero")
	store(v, zeroOf(v.typ))
}

func (v Value) SetBool(x bool) {
	v.mustBeAssignable("SetBool")
	v.must(Bool, "SetBool")
	bits := uint64(0)
	if x {
		bits = 1
	}
	storeBits(v, bits)
}

func (v Value) SetInt(x int64) {
	v.mustBeAssignable("SetInt")
	if !v.CanInt() {
		panic(v.wrong("SetInt"))
	}
	storeBits(v, uint64(x))
}

func (v Value) SetUint(x uint64) {
	v.mustBeAssignable("SetUint")
	if !v.CanUint() {
		panic(v.wrong("SetUint"))
	}
	storeBits(v, x)
}

func (v Value) SetFloat(x float64) {
	v.mustBeAssignable("SetFloat")
	if !v.CanFloat() {
		panic(v.wrong("SetFloat"))
	}
	storeFloat(v, x)
}

func (v Value) SetComplex(x complex128) {
	v.mustBeAssignable("SetComplex")
	if !v.CanComplex() {
		panic(v.wrong("SetComplex"))
	}
	storeComplex(v, x)
}

func (v Value) SetString(x string) {
	v.mustBeAssignable("SetString")
	v.must(String, "SetString")
	storeString(v, x)
}

func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable("SetBytes")
	v.must(Slice, "SetBytes")
	if v.typ.elem().kind() != Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	storeSlice(v, unsafe.Pointer(unsafe.SliceData(x)), len(x), cap(x))
}

func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeAssignable("SetPointer")
	v.must(UnsafePointer, "SetPointer")
	storeBits(v, uint64(uintptr(x)))
}

func (v Value) SetLen(n int) {
	v.mustBeAssignable("SetLen")
	v.must(Slice, "SetLen")
	data, _, capacity := loadSlice(v)
	if uint(n) > uint(capacity) {
		panic("reflect: slice length out of range in SetLen")
	}
	storeSlice(v, data, n, capacity)
}

func (v Value) SetCap(n int) {
	v.mustBeAssignable("SetCap")
	v.must(Slice, "SetCap")
	data, length, capacity := loadSlice(v)
	if n < length || n > capacity {
		panic("reflect: slice capacity out of range in SetCap")
	}
	storeSlice(v, data, length, n)
}

func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		panic(v.wrong("OverflowInt"))
	}
	unused := 64 - 8*v.typ.size()
	return x != x<<unused>>unused
}

func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		panic(v.wrong("OverflowUint"))
	}
	unused := 64 - 8*v.typ.size()
	return x != x<<unused>>unused
}

func overflowsFloat32(x float64) bool {
	const max = 0x1p127 * (1 + (1 - 0x1p-23))
	if x < 0 {
		x = -x
	}
	return max < x && x <= 0x1p1023*(1+(1-0x1p-52))
}

func (v Value) OverflowFloat(x float64) bool {
	if !v.CanFloat() {
		panic(v.wrong("OverflowFloat"))
	}
	return v.Kind() == Float32 && overflowsFloat32(x)
}

func (v Value) OverflowComplex(x complex128) bool {
	if !v.CanComplex() {
		panic(v.wrong("OverflowComplex"))
	}
	return v.Kind() == Complex64 && (overflowsFloat32(real(x)) || overflowsFloat32(imag(x)))
}

// ---- Slices

func MakeSlice(typ Type, length, capacity int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if length < 0 {
		panic("reflect.MakeSlice: negative len")
	}
	if capacity < 0 {
		panic("reflect.MakeSlice: negative cap")
	}
	if length > capacity {
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	return newSlice(t, allocate(t.elem(), capacity), length, capacity)
}

func newSlice(t *rtype, data unsafe.Pointer, length, capacity int) Value {
	s := zeroOf(t)
	s.flag |= flagAddr
	storeSlice(s, data, length, capacity)
	s.flag &^= flagAddr
	return s
}

func SliceAt(typ Type, p unsafe.Pointer, n int) Value { panic("reflect.SliceAt is not supported") }

func (v Value) Grow(n int) {
	v.mustBeAssignable("Grow")
	v.must(Slice, "Grow")
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	if _, length, capacity := loadSlice(v); length+n > capacity {
		store(v, growSlice(v, n))
	}
}

func Append(s Value, x ...Value) Value {
	s.must(Slice, "Append")
	s.mustBeExported("Append")
	e := s.typ.elem()
	s = extended(s, len(x))
	_, length, _ := loadSlice(s)
	for i := range x {
		x[i].mustBeExported("Append")
		store(s.Index(length-len(x)+i), x[i].assignTo("reflect.Set", e))
	}
	return s
}

// extended is the slice with n more elements.
func extended(s Value, n int) Value {
	data, length, capacity := loadSlice(s)
	if length+n > capacity {
		data, length, capacity = loadSlice(growSlice(s, n))
	}
	return newSlice(s.typ, data, length+n, capacity)
}

func AppendSlice(s, t Value) Value {
	s.must(Slice, "AppendSlice")
	t.must(Slice, "AppendSlice")
	if s.typ != t.typ && s.typ.elem() != t.typ.elem() {
		panic("reflect.AppendSlice: " + s.typ.String() + " != " + t.typ.String())
	}
	n, m := s.Len(), t.Len()
	s = extended(s, m)
	Copy(s.Slice(n, n+m), t)
	return s
}

func Copy(dst, src Value) int {
	k := dst.Kind()
	if k != Array && k != Slice {
		panic(&ValueError{"reflect.Copy", k})
	}
	if k == Array {
		dst.mustBeAssignable("Copy")
	}
	dst.mustBeExported("Copy")
	from := src.Kind()
	isString := from == String && dst.typ.elem().kind() == Uint8
	if from != Array && from != Slice && !isString {
		panic(&ValueError{"reflect.Copy", from})
	}
	src.mustBeExported("Copy")
	e := dst.typ.elem()
	if !isString && src.typ.elem() != e {
		panic("reflect.Copy: " + e.String() + " != " + src.typ.elem().String())
	}
	to, n := elements(dst)
	data, m := elements(src)
	return copySlice(e, to, n, data, m)
}

func elements(v Value) (unsafe.Pointer, int) {
	switch v.Kind() {
	case String:
		s := loadString(v)
		return unsafe.Pointer(unsafe.StringData(s)), len(s)
	case Array:
		if v.flag&flagIndir == 0 { // in the word itself
			t := v.typ
			p := allocate(t, 1)
			store(Value{t, p, flagAddr | flagIndir}, v)
			return p, t.length()
		}
		return v.ptr, v.typ.length()
	}
	data, length, _ := loadSlice(v)
	return data, length
}

func (v Value) Slice(i, j int) Value {
	switch v.Kind() {
	case String:
		s := loadString(v)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		x := zeroOf(v.typ)
		x.flag |= flagAddr
		storeString(x, s[i:j])
		x.flag = x.flag&^flagAddr | v.flag&flagRO
		return x
	case Array:
		if !v.CanAddr() {
			panic("reflect.Value.Slice: slice of unaddressable array")
		}
	case Slice:
	default:
		panic(v.wrong("Slice"))
	}
	return v.slice("Slice", i, j, v.Cap())
}

func (v Value) Slice3(i, j, k int) Value {
	switch v.Kind() {
	case Array:
		if !v.CanAddr() {
			panic("reflect.Value.Slice3: slice of unaddressable array")
		}
	case Slice:
	default:
		panic(v.wrong("Slice3"))
	}
	return v.slice("Slice3", i, j, k)
}

func (v Value) slice(method string, i, j, k int) Value {
	t, data := v.typ, v.ptr
	if v.Kind() == Array {
		t = sliceOf(v.typ.elem())
	} else {
		data, _, _ = loadSlice(v)
	}
	if i < 0 || j < i || k < j || k > v.Cap() {
		panic("reflect.Value." + method + ": slice index out of bounds")
	}
	if k > i {
		data = offset(data, uintptr(i)*t.elem().size())
	}
	s := newSlice(t, data, j-i, k-i)
	s.flag |= v.flag & flagRO
	return s
}

// Swapper returns a function that exchanges elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	n, e := v.Len(), v.typ.elem()
	size := e.size()
	direct := n > 1 && (e.kind() == String || size == 1 || size == 2 || size == 4 || size == 8)
	return func(i, j int) {
		if direct { // as of an index expression
			inBounds(i, n)
			inBounds(j, n)
		}
		x, y := v.Index(i), v.Index(j)
		t := pack(x)
		store(x, y)
		store(y, unpack(t))
	}
}

// ---- Conversion

func (v Value) CanConvert(t Type) bool {
	if !v.Type().ConvertibleTo(t) {
		return false
	}
	if v.Kind() == Slice && t.Kind() == Array {
		return v.Len() >= t.Len()
	}
	if v.Kind() == Slice && t.Kind() == Pointer && t.Elem().Kind() == Array {
		return v.Len() >= t.Elem().Len()
	}
	return true
}

func (v Value) Convert(t Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.bound("Convert")
	}
	convert := conversion(t.common(), v.typ)
	if convert == nil {
		panic("reflect.Value.Convert: value of type " + v.typ.String() + " cannot be converted to type " + t.String())
	}
	x := convert(v, t.common())
	x.flag |= v.ro()
	return x
}

func isInteger(k Kind) bool { return k >= Int && k <= Uintptr }
func isFloat(k Kind) bool   { return k == Float32 || k == Float64 }
func isComplex(k Kind) bool { return k == Complex64 || k == Complex128 }

// conversion is the function that makes a value of type to of one of type from; nil when there is none.
func conversion(to, from *rtype) func(v Value, t *rtype) Value {
	k, f := to.kind(), from.kind()
	switch {
	case (isInteger(k) || isFloat(k)) && (isInteger(f) || isFloat(f)):
		return convertNumber
	case isComplex(k) && isComplex(f):
		return func(v Value, t *rtype) Value { return made(t, func(x Value) { storeComplex(x, v.Complex()) }) }
	case k == String && isInteger(f):
		return convertRune
	case k == String && f == Slice && from.elem().pkgPath() == "" && (from.elem().kind() == Uint8 || from.elem().kind() == Int32):
		return convertToString
	case k == Slice && f == String && to.elem().pkgPath() == "" && (to.elem().kind() == Uint8 || to.elem().kind() == Int32):
		return convertFromString
	case f == Slice && k == Pointer && to.elem().kind() == Array && from.elem() == to.elem().elem():
		return convertToArrayPointer
	case f == Slice && k == Array && from.elem() == to.elem():
		return convertToArray
	case f == Chan && k == Chan && assignable(to, from), sameUnderlying(to, from, false):
		return convertDirect
	case k == Pointer && to.name() == "" && f == Pointer && from.name() == "" && sameUnderlying(to.elem(), from.elem(), false):
		return convertDirect
	case k == Interface && implements(from, to):
		return func(v Value, t *rtype) Value { return made(t, func(x Value) { storeAny(x, v.any()) }) }
	}
	return nil
}

// made is a new value of the type that fill has stored into.
func made(t *rtype, fill func(Value)) Value {
	x := Value{t, allocate(t, 1), flagIndir | flagAddr}
	fill(x)
	return copyOf(t, x.ptr)
}

func convertDirect(v Value, t *rtype) Value {
	if v.flag&flagAddr != 0 {
		return made(t, func(x Value) { store(x, v) })
	}
	return Value{t, v.ptr, v.flag & flagIndir}
}

func convertNumber(v Value, t *rtype) Value {
	return made(t, func(x Value) {
		switch k := t.kind(); {
		case isFloat(k) && v.CanFloat():
			storeFloat(x, v.Float())
		case isFloat(k) && v.CanInt():
			storeFloat(x, float64(v.Int()))
		case isFloat(k):
			storeFloat(x, float64(v.Uint()))
		case v.CanInt():
			storeBits(x, uint64(v.Int()))
		case v.CanUint():
			storeBits(x, v.Uint())
		case k <= Int64:
			storeBits(x, uint64(int64(v.Float())))
		default:
			storeBits(x, uint64(v.Float()))
		}
	})
}

func convertRune(v Value, t *rtype) Value {
	s := "\uFFFD"
	if v.CanInt() {
		if x := v.Int(); int64(rune(x)) == x {
			s = string(rune(x))
		}
	} else if x := v.Uint(); uint64(rune(x)) == x {
		s = string(rune(x))
	}
	return made(t, func(x Value) { storeString(x, s) })
}

func convertToString(v Value, t *rtype) Value {
	data, length, _ := loadSlice(v)
	var s string
	if v.typ.elem().kind() == Uint8 {
		s = string(unsafe.Slice((*byte)(data), length))
	} else {
		s = string(unsafe.Slice((*rune)(data), length))
	}
	return made(t, func(x Value) { storeString(x, s) })
}

func convertFromString(v Value, t *rtype) Value {
	s := loadString(v)
	if t.elem().kind() == Uint8 {
		b := []byte(s)
		return newSlice(t, unsafe.Pointer(unsafe.SliceData(b)), len(b), cap(b))
	}
	r := []rune(s)
	return newSlice(t, unsafe.Pointer(unsafe.SliceData(r)), len(r), cap(r))
}

func convertToArrayPointer(v Value, t *rtype) Value {
	data, length, _ := loadSlice(v)
	if n := t.elem().length(); n > length {
		panic("reflect: cannot convert slice with length " + itoa(length) + " to pointer to array with length " + itoa(n))
	}
	return Value{t, data, 0}
}

func convertToArray(v Value, t *rtype) Value {
	data, length, _ := loadSlice(v)
	if n := t.length(); n > length {
		panic("reflect: cannot convert slice with length " + itoa(length) + " to array with length " + itoa(n))
	}
	return copyOf(t, data)
}
