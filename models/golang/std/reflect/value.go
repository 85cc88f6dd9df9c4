// SPDX-License-Identifier: Apache-2.0
// Values: what a Value stands for, and reading it.
package reflect

import "unsafe"

type flag uintptr

// A Value that flagIndir lacks holds the value itself in ptr (it has at most 8 bytes); else ptr is its address. With
// flagAddr it is a variable, else a copy that nobody changes.
const (
	flagStickyRO flag = 1 << iota // reached through an unexported field
	flagEmbedRO                   // reached through an unexported embedded field
	flagIndir
	flagAddr
	flagMethod // the method of this value whose number begins at methodShift

	flagRO      = flagStickyRO | flagEmbedRO
	methodShift = 8
)

func (f flag) ro() flag {
	if f&flagRO != 0 {
		return flagStickyRO
	}
	return 0
}

type Value struct {
	typ *rtype
	ptr unsafe.Pointer
	flag
}

// A ValueError is what a method of Value panics with that the kind does not have.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	if e.Kind == Invalid {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

// Values of the headers are numbers, as addresses are printed.
type StringHeader struct {
	Data uintptr
	Len  int
}

type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

// ---- Natives: what is in memory. Reads and writes of variables are seen by the race detector.

// unpack and pack are the way from and to interfaces; pack copies.
func unpack(i any) Value
func pack(v Value) any

// copyOf is the value at p as no variable.
func copyOf(t *rtype, p unsafe.Pointer) Value
func zeroOf(t *rtype) Value
func allocate(t *rtype, n int) unsafe.Pointer

func loadBits(v Value) uint64 // as many bytes as there are
func loadFloat(v Value) float64
func loadComplex(v Value) complex128
func loadString(v Value) string
func loadAny(v Value) any // the interface value in v
func loadSlice(v Value) (data unsafe.Pointer, length, capacity int)
func isZero(v Value) bool

// store assigns x, of the same type, to the variable v.
func store(v, x Value)
func storeBits(v Value, bits uint64)
func storeFloat(v Value, x float64)
func storeComplex(v Value, x complex128)
func storeString(v Value, x string)
func storeAny(v Value, x any)
func storeSlice(v Value, data unsafe.Pointer, length, capacity int)

// printable is the number that stands for an address.
func printable(p unsafe.Pointer) uintptr

func offset(p unsafe.Pointer, bytes uintptr) unsafe.Pointer

// ---- Making values

func ValueOf(i any) Value { return unpack(i) }

func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	return zeroOf(typ.common())
}

func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	t := typ.common()
	return Value{pointerTo(t), allocate(t, 1), 0}
}

// NewAt could read memory as what it is not.
func NewAt(typ Type, p unsafe.Pointer) Value { panic("reflect.NewAt is not supported") }

func Indirect(v Value) Value {
	if v.Kind() != Pointer {
		return v
	}
	return v.Elem()
}

// ---- Checks

func (v Value) must(k Kind, method string) {
	if v.Kind() != k {
		panic(&ValueError{"reflect.Value." + method, v.Kind()})
	}
}

func (v Value) mustBeExported(method string) {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value." + method, Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect: reflect.Value." + method + " using value obtained using unexported field")
	}
}

func (v Value) mustBeAssignable(method string) {
	v.mustBeExported(method)
	if v.flag&flagAddr == 0 {
		panic("reflect: reflect.Value." + method + " using unaddressable value")
	}
}

func (v Value) wrong(method string) *ValueError {
	return &ValueError{"reflect.Value." + method, v.Kind()}
}

// ---- What it is

func (v Value) Kind() Kind {
	if v.typ == nil {
		return Invalid
	}
	if v.flag&flagMethod != 0 {
		return Func
	}
	return v.typ.kind()
}

func (v Value) IsValid() bool { return v.typ != nil }
func (v Value) CanAddr() bool { return v.flag&flagAddr != 0 }
func (v Value) CanSet() bool  { return v.flag&(flagAddr|flagRO) == flagAddr }

func (v Value) CanInterface() bool {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return v.flag&flagRO == 0
}

func (v Value) CanInt() bool     { k := v.Kind(); return k >= Int && k <= Int64 }
func (v Value) CanUint() bool    { k := v.Kind(); return k >= Uint && k <= Uintptr }
func (v Value) CanFloat() bool   { k := v.Kind(); return k == Float32 || k == Float64 }
func (v Value) CanComplex() bool { k := v.Kind(); return k == Complex64 || k == Complex128 }

func (v Value) Type() Type {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	if v.flag&flagMethod != 0 {
		_, _, t := v.typ.method(v.methodNumber())
		return t
	}
	return v.typ
}

func (v Value) Interface() any {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.any()
}

func (v Value) any() any {
	if v.flag&flagMethod != 0 {
		v = v.bound("Interface")
	}
	if v.typ.kind() == Interface {
		return loadAny(v)
	}
	return pack(v)
}

// InterfaceData is of no use: the words of an interface have no meaning here.
func (v Value) InterfaceData() [2]uintptr { panic("reflect.Value.InterfaceData is not supported") }

func (v Value) String() string {
	switch v.Kind() {
	case String:
		return loadString(v)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.Type().String() + " Value>"
}

func (v Value) Bool() bool {
	v.must(Bool, "Bool")
	return loadBits(v) != 0
}

func (v Value) Int() int64 {
	if !v.CanInt() {
		panic(v.wrong("Int"))
	}
	bits := loadBits(v)
	unused := 64 - 8*v.typ.size()
	return int64(bits<<unused) >> unused
}

func (v Value) Uint() uint64 {
	if !v.CanUint() {
		panic(v.wrong("Uint"))
	}
	return loadBits(v)
}

func (v Value) Float() float64 {
	if !v.CanFloat() {
		panic(v.wrong("Float"))
	}
	return loadFloat(v)
}

func (v Value) Complex() complex128 {
	if !v.CanComplex() {
		panic(v.wrong("Complex"))
	}
	return loadComplex(v)
}

func (v Value) Bytes() []byte {
	switch v.Kind() {
	case Slice:
		if v.typ.elem().kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		data, length, capacity := loadSlice(v)
		return unsafe.Slice((*byte)(data), capacity)[:length]
	case Array:
		if v.typ.elem().kind() != Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), v.typ.length())
	}
	panic(v.wrong("Bytes"))
}

func (v Value) word() unsafe.Pointer { return unsafe.Pointer(uintptr(loadBits(v))) }

func (v Value) IsNil() bool {
	switch v.Kind() {
	case Func:
		return v.flag&flagMethod == 0 && v.word() == nil
	case Chan, Map, Pointer, UnsafePointer:
		return v.word() == nil
	case Interface:
		return loadAny(v) == nil
	case Slice:
		data, _, _ := loadSlice(v)
		return data == nil
	}
	panic(v.wrong("IsNil"))
}

func (v Value) IsZero() bool {
	if v.typ == nil {
		panic(v.wrong("IsZero"))
	}
	return v.flag&flagMethod == 0 && isZero(v)
}

func (v Value) Pointer() uintptr {
	switch v.Kind() {
	case Slice:
		data, _, _ := loadSlice(v)
		return printable(data)
	case Func:
		if v.flag&flagMethod != 0 {
			return methodCode
		}
		if v.word() == nil {
			return 0
		}
		return codeOf(v.word())
	case Chan, Map, Pointer, UnsafePointer, String:
		return printable(v.UnsafePointer())
	}
	panic(v.wrong("Pointer"))
}

func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.Kind() {
	case Slice:
		data, _, _ := loadSlice(v)
		return data
	case String:
		return unsafe.Pointer(unsafe.StringData(loadString(v)))
	case Chan, Func, Map, Pointer, UnsafePointer:
		return v.word()
	}
	panic(v.wrong("UnsafePointer"))
}

func (v Value) UnsafeAddr() uintptr {
	if v.typ == nil {
		panic(v.wrong("UnsafeAddr"))
	}
	if !v.CanAddr() {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return printable(v.ptr)
}

// ---- Parts

func (v Value) Addr() Value {
	if !v.CanAddr() {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{pointerTo(v.typ), v.ptr, v.flag & flagRO}
}

func (v Value) Elem() Value {
	switch v.Kind() {
	case Interface:
		x := unpack(loadAny(v))
		if x.typ != nil {
			x.flag |= v.ro()
		}
		return x
	case Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		return Value{v.typ.elem(), p, v.flag&flagRO | flagIndir | flagAddr}
	}
	panic(v.wrong("Elem"))
}

// part is a field or element: a part of a variable is one, too.
func (v Value) part(t *rtype, at uintptr, ro flag) Value {
	if v.flag&flagIndir != 0 {
		return Value{t, offset(v.ptr, at), v.flag&(flagIndir|flagAddr) | ro}
	}
	bits := uint64(uintptr(v.ptr)) >> (8 * at)
	if size := t.size(); size < 8 {
		bits &= 1<<(8*size) - 1
	}
	return Value{t, unsafe.Pointer(uintptr(bits)), ro}
}

func (v Value) NumField() int {
	v.must(Struct, "NumField")
	return v.typ.numFields()
}

func (v Value) Field(i int) Value {
	v.must(Struct, "Field")
	if i < 0 || i >= v.typ.numFields() {
		panic("reflect: Field index out of range")
	}
	_, pkg, _, typ, offset, embedded := v.typ.field(i)
	ro := v.flag & flagStickyRO
	if pkg != "" && embedded {
		ro |= flagEmbedRO
	} else if pkg != "" {
		ro |= flagStickyRO
	}
	return v.part(typ, offset, ro)
}

func (v Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	v.must(Struct, "FieldByIndex")
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && v.typ.elem().kind() == Struct {
			if v.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

type fieldError string

func (e fieldError) Error() string { return string(e) }

func (v Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return v.Field(index[0]), nil
	}
	v.must(Struct, "FieldByIndexErr")
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && v.typ.elem().kind() == Struct {
			if v.IsNil() {
				name := v.typ.elem().Name()
				return Value{}, fieldError("reflect: indirection through nil pointer to embedded struct field " + name)
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

func (v Value) FieldByName(name string) Value {
	v.must(Struct, "FieldByName")
	if f, ok := v.typ.FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.typ.FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

func (v Value) Index(i int) Value {
	switch v.Kind() {
	case Array:
		if uint(i) >= uint(v.typ.length()) {
			panic("reflect: array index out of range")
		}
		e := v.typ.elem()
		return v.part(e, uintptr(i)*e.size(), v.ro())
	case Slice:
		data, length, _ := loadSlice(v)
		if uint(i) >= uint(length) {
			panic("reflect: slice index out of range")
		}
		e := v.typ.elem()
		return Value{e, offset(data, uintptr(i)*e.size()), flagAddr | flagIndir | v.ro()}
	case String:
		s := loadString(v)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		b := unpack(s[i])
		b.flag |= v.ro()
		return b
	}
	panic(v.wrong("Index"))
}

func (v Value) Len() int {
	switch v.Kind() {
	case Array:
		return v.typ.length()
	case Slice:
		_, length, _ := loadSlice(v)
		return length
	case String:
		return len(loadString(v))
	case Map:
		return mapLen(v)
	case Chan:
		return chanLen(v)
	case Pointer:
		if v.typ.elem().kind() == Array {
			return v.typ.elem().length()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(v.wrong("Len"))
}

func (v Value) Cap() int {
	switch v.Kind() {
	case Array:
		return v.typ.length()
	case Slice:
		_, _, capacity := loadSlice(v)
		return capacity
	case Chan:
		return chanCap(v)
	case Pointer:
		if v.typ.elem().kind() == Array {
			return v.typ.elem().length()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(v.wrong("Cap"))
}

// ---- Comparison

func (v Value) Comparable() bool {
	switch v.Kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		for i := 0; i < v.Len(); i++ {
			if !v.Index(i).Comparable() {
				return false
			}
		}
		return true
	case Struct:
		for i := 0; i < v.NumField(); i++ {
			if !v.Field(i).Comparable() {
				return false
			}
		}
		return true
	}
	return v.typ.comparable()
}

func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.Kind() != u.Kind() || v.Type() != u.Type() {
		return false
	}
	switch v.Kind() {
	case Func, Map, Slice:
		panic("reflect.Value.Equal: invalid Kind " + v.Kind().String())
	}
	return v.any() == u.any()
}
