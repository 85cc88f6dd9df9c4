// SPDX-License-Identifier: Apache-2.0
// Package reflect: types and values at run time. A *rtype is the machine's own descriptor of a type, of which there is
// one for each type; what it knows is asked through natives.
package reflect

import "strconv"

type Kind uint

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

const Ptr = Pointer

var kindNames = [...]string{"invalid", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16",
	"uint32", "uint64", "uintptr", "float32", "float64", "complex64", "complex128", "array", "chan", "func",
	"interface", "map", "ptr", "slice", "string", "struct", "unsafe.Pointer"}

func (k Kind) String() string {
	if uint(k) < uint(len(kindNames)) {
		return kindNames[k]
	}
	return "kind" + strconv.Itoa(int(k))
}

type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

func (d ChanDir) String() string {
	switch d {
	case SendDir:
		return "chan<-"
	case RecvDir:
		return "<-chan"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(d))
}

type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool
	common() *rtype
}

// A Method of a type; of a concrete type Type and Func have the receiver as their first parameter.
type Method struct {
	Name    string
	PkgPath string
	Type    Type
	Func    Value
	Index   int
}

func (m Method) IsExported() bool { return m.PkgPath == "" }

type StructField struct {
	Name      string
	PkgPath   string
	Type      Type
	Tag       StructTag
	Offset    uintptr
	Index     []int
	Anonymous bool
}

func (f StructField) IsExported() bool { return f.PkgPath == "" }

type StructTag string

func (tag StructTag) Get(key string) string {
	value, _ := tag.Lookup(key)
	return value
}

func (tag StructTag) Lookup(key string) (value string, ok bool) {
	for tag != "" {
		for tag != "" && tag[0] == ' ' {
			tag = tag[1:]
		}
		n := 0
		for n < len(tag) && tag[n] > ' ' && tag[n] != ':' && tag[n] != '"' && tag[n] != 0x7f {
			n++
		}
		if n == 0 || n+1 >= len(tag) || tag[n] != ':' || tag[n+1] != '"' {
			break
		}
		name := string(tag[:n])
		tag = tag[n+1:]
		end := 1
		for end < len(tag) && tag[end] != '"' {
			if tag[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(tag) {
			break
		}
		quoted := string(tag[:end+1])
		tag = tag[end+1:]
		if name == key {
			value, err := strconv.Unquote(quoted)
			return value, err == nil
		}
	}
	return "", false
}

// rtype lies outside of the program's memory and is never looked into.
type rtype struct{}

func typeOf(i any) *rtype

func (t *rtype) kind() Kind
func (t *rtype) size() uintptr
func (t *rtype) align() int
func (t *rtype) text() string
func (t *rtype) name() string
func (t *rtype) pkgPath() string
func (t *rtype) comparable() bool

// elem and key return nil where there is none.
func (t *rtype) elem() *rtype
func (t *rtype) key() *rtype
func (t *rtype) length() int
func (t *rtype) direction() ChanDir
func (t *rtype) numFields() int
func (t *rtype) field(i int) (name, pkg, tag string, typ *rtype, offset uintptr, embedded bool)
func (t *rtype) signature() (in, out int, variadic bool)
func (t *rtype) param(i int) *rtype
func (t *rtype) result(i int) *rtype

// Methods in order of their names: the exported ones, of an interface type all.
func (t *rtype) numMethods() int
func (t *rtype) method(i int) (name, pkg string, typ *rtype)

func implements(t, u *rtype) bool

// assignable says whether a value of type from is one of type to as it is.
func assignable(to, from *rtype) bool

// sameUnderlying compares underlying types; without tags, struct tags are looked over at every level.
func sameUnderlying(t, u *rtype, tags bool) bool

func pointerTo(t *rtype) *rtype
func sliceOf(t *rtype) *rtype
func arrayOf(n int, t *rtype) *rtype
func chanOf(dir ChanDir, t *rtype) *rtype
func mapOf(key, elem *rtype) *rtype
func funcOf(in, out []*rtype, variadic bool) *rtype
func structOf(fields []fieldSpec) *rtype

type fieldSpec struct {
	name, pkg, tag string
	typ            *rtype
	embedded       bool
}

func toType(t *rtype) Type {
	if t == nil {
		return nil
	}
	return t
}

func TypeOf(i any) Type { return toType(typeOf(i)) }

func (t *rtype) common() *rtype  { return t }
func (t *rtype) Align() int      { return t.align() }
func (t *rtype) FieldAlign() int { return t.align() }
func (t *rtype) Name() string {
	if t.kind() == UnsafePointer && t.pkgPath() == "" {
		return "Pointer"
	}
	return t.name()
}
func (t *rtype) Size() uintptr    { return t.size() }
func (t *rtype) String() string   { return t.text() }
func (t *rtype) Kind() Kind       { return t.kind() }
func (t *rtype) Comparable() bool { return t.comparable() }

func (t *rtype) PkgPath() string {
	if t.kind() == UnsafePointer && t.pkgPath() == "" {
		return "unsafe"
	}
	return t.pkgPath()
}

func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return implements(t, u.common())
}

func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return assignable(u.common(), t) || u.Kind() == Interface && implements(t, u.common())
}

func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return conversion(u.common(), t) != nil
}

func (t *rtype) Bits() int {
	if k := t.kind(); k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.size()) * 8
}

func (t *rtype) must(k Kind, what, kind string) {
	if t.kind() != k {
		panic("reflect: " + what + " of non-" + kind + " type " + t.String())
	}
}

func (t *rtype) ChanDir() ChanDir {
	t.must(Chan, "ChanDir", "chan")
	return t.direction()
}

func (t *rtype) IsVariadic() bool {
	t.must(Func, "IsVariadic", "func")
	_, _, variadic := t.signature()
	return variadic
}

func (t *rtype) Elem() Type {
	e := t.elem()
	if e == nil {
		panic("reflect: Elem of invalid type " + t.String())
	}
	return e
}

func (t *rtype) Key() Type {
	t.must(Map, "Key", "map")
	return t.key()
}

func (t *rtype) Len() int {
	t.must(Array, "Len", "array")
	return t.length()
}

func (t *rtype) NumField() int {
	t.must(Struct, "NumField", "struct")
	return t.numFields()
}

func (t *rtype) NumIn() int {
	t.must(Func, "NumIn", "func")
	in, _, _ := t.signature()
	return in
}

func (t *rtype) NumOut() int {
	t.must(Func, "NumOut", "func")
	_, out, _ := t.signature()
	return out
}

// inBounds panics as an index expression does.
func inBounds(i, n int) { _ = make([]struct{}, n)[i] }

func (t *rtype) In(i int) Type {
	inBounds(i, t.NumIn())
	return t.param(i)
}

func (t *rtype) Out(i int) Type {
	inBounds(i, t.NumOut())
	return t.result(i)
}

func (t *rtype) Field(i int) (f StructField) {
	t.must(Struct, "Field", "struct")
	if i < 0 || i >= t.numFields() {
		panic("reflect: Field index out of bounds")
	}
	name, pkg, tag, typ, offset, embedded := t.field(i)
	return StructField{name, pkg, typ, StructTag(tag), offset, []int{i}, embedded}
}

func (t *rtype) FieldByIndex(index []int) (f StructField) {
	t.must(Struct, "FieldByIndex", "struct")
	var at Type = t
	for i, x := range index {
		if i > 0 && at.Kind() == Pointer && at.Elem().Kind() == Struct {
			at = at.Elem()
		}
		f = at.Field(x)
		at = f.Type
	}
	f.Index = append([]int(nil), index...)
	return f
}

func (t *rtype) FieldByName(name string) (f StructField, found bool) {
	t.must(Struct, "FieldByName", "struct")
	return t.find(func(s string) bool { return s == name })
}

func (t *rtype) FieldByNameFunc(match func(string) bool) (StructField, bool) {
	t.must(Struct, "FieldByNameFunc", "struct")
	return t.find(match)
}

type embeddedStruct struct {
	typ   *rtype
	index []int
	twice bool // by several ways at this depth: what is found in it is ambiguous
}

// find looks depth by depth, as the rules of promotion say: what two ways lead to hides what is deeper.
func (t *rtype) find(match func(string) bool) (found StructField, ok bool) {
	level := []embeddedStruct{{typ: t}}
	seen := map[*rtype]bool{}
	for len(level) > 0 && !ok {
		count := 0
		var next []embeddedStruct
		for _, s := range level {
			if seen[s.typ] {
				continue
			}
			seen[s.typ] = true
			for i := 0; i < s.typ.numFields(); i++ {
				f := s.typ.Field(i)
				if match(f.Name) {
					count++
					if s.twice {
						count++
					}
					found = f
					found.Index = append(append([]int(nil), s.index...), i)
					continue
				}
				inner := f.Type.common()
				if inner.kind() == Pointer {
					inner = inner.elem()
				}
				if f.Anonymous && inner.kind() == Struct {
					next = enter(next, embeddedStruct{inner, append(append([]int(nil), s.index...), i), s.twice})
				}
			}
		}
		if count > 1 {
			return StructField{}, false
		}
		ok = count == 1
		level = next
	}
	return found, ok
}

func enter(level []embeddedStruct, s embeddedStruct) []embeddedStruct {
	for i := range level {
		if level[i].typ == s.typ {
			level[i].twice = true
			return level
		}
	}
	return append(level, s)
}

func (t *rtype) NumMethod() int { return t.numMethods() }

func (t *rtype) Method(i int) (m Method) {
	if i < 0 || i >= t.numMethods() {
		panic("reflect: Method index out of range")
	}
	name, pkg, typ := t.method(i)
	m = Method{Name: name, PkgPath: pkg, Type: typ, Index: i}
	if t.kind() == Interface {
		return m
	}
	in := []*rtype{t}
	n, outs, variadic := typ.signature()
	for j := 0; j < n; j++ {
		in = append(in, typ.param(j))
	}
	var out []*rtype
	for j := 0; j < outs; j++ {
		out = append(out, typ.result(j))
	}
	full := funcOf(in, out, variadic)
	m.Type = full
	m.Func = Value{full, methodExpression(full, t, i), 0}
	return m
}

func (t *rtype) MethodByName(name string) (m Method, ok bool) {
	for i := 0; i < t.numMethods(); i++ {
		if n, _, _ := t.method(i); n == name {
			return t.Method(i), true
		}
	}
	return Method{}, false
}

func (t *rtype) mustOverflow(name string, from, to Kind) {
	if k := t.kind(); k < from || k > to {
		panic("reflect: " + name + " of non-" + name[len("Overflow"):] + " type " + t.String())
	}
}

func (t *rtype) OverflowComplex(x complex128) bool {
	t.mustOverflow("OverflowComplex", Complex64, Complex128)
	return Zero(t).OverflowComplex(x)
}

func (t *rtype) OverflowFloat(x float64) bool {
	t.mustOverflow("OverflowFloat", Float32, Float64)
	return Zero(t).OverflowFloat(x)
}

func (t *rtype) OverflowInt(x int64) bool {
	t.mustOverflow("OverflowInt", Int, Int64)
	return Zero(t).OverflowInt(x)
}

func (t *rtype) OverflowUint(x uint64) bool {
	t.mustOverflow("OverflowUint", Uint, Uintptr)
	return Zero(t).OverflowUint(x)
}

// yields says whether t is func(yield func(n values) bool).
func (t *rtype) yields(n int) bool {
	in, out, _ := t.signature()
	if in != 1 || out != 0 || t.param(0).kind() != Func {
		return false
	}
	in, out, _ = t.param(0).signature()
	return in == n && out == 1 && t.param(0).result(0).kind() == Bool
}

func (t *rtype) CanSeq() bool {
	switch k := t.kind(); k {
	case Array, Slice, Chan, String, Map:
		return true
	case Func:
		return t.yields(1)
	case Pointer:
		return t.elem().kind() == Array
	default:
		return k >= Int && k <= Uintptr
	}
}

func (t *rtype) CanSeq2() bool {
	switch t.kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return t.yields(2)
	case Pointer:
		return t.elem().kind() == Array
	}
	return false
}
