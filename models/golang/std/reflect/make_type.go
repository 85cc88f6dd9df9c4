// SPDX-License-Identifier: Apache-2.0
// Types made at run time.
package reflect

import "strconv"

func PtrTo(t Type) Type     { return PointerTo(t) }
func PointerTo(t Type) Type { return pointerTo(t.common()) }
func SliceOf(t Type) Type   { return sliceOf(t.common()) }

func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	e := elem.common()
	if e.size() > 0 && uintptr(length) > (1<<48)/e.size() {
		panic("reflect.ArrayOf: array size would exceed virtual address space")
	}
	return arrayOf(length, e)
}

func ChanOf(dir ChanDir, t Type) Type {
	e := t.common()
	if e.size() >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	if dir < RecvDir || dir > BothDir {
		panic("reflect.ChanOf: invalid dir")
	}
	return chanOf(dir, e)
}

func MapOf(key, elem Type) Type {
	if !key.Comparable() {
		panic("reflect.MapOf: invalid key type " + key.String())
	}
	return mapOf(key.common(), elem.common())
}

func commons(types []Type) (all []*rtype) {
	for _, t := range types {
		all = append(all, t.common())
	}
	return all
}

func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	return funcOf(commons(in), commons(out), variadic)
}

func isLetter(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func isFieldName(name string) bool {
	for i, c := range name {
		if !isLetter(c) && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

func startsUpper(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }

// StructOf makes no methods: a field that is embedded promotes none.
func StructOf(fields []StructField) Type {
	var specs []fieldSpec
	seen := map[string]bool{}
	for i, f := range fields {
		if f.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if !isFieldName(f.Name) {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has invalid name")
		}
		if f.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		if f.Anonymous && f.PkgPath != "" {
			panic("reflect.StructOf: field \"" + f.Name + "\" is anonymous but has PkgPath set")
		}
		if !startsUpper(f.Name) && f.PkgPath == "" {
			panic("reflect.StructOf: field \"" + f.Name + "\" is unexported but missing PkgPath")
		}
		if seen[f.Name] && f.Name != "_" {
			panic("reflect.StructOf: duplicate field " + f.Name)
		}
		if f.Anonymous && f.Type.NumMethod() > 0 && i > 0 {
			panic("reflect: embedded type with methods not implemented if type is not first field")
		}
		seen[f.Name] = true
		specs = append(specs, fieldSpec{f.Name, f.PkgPath, string(f.Tag), f.Type.common(), f.Anonymous})
	}
	return structOf(specs)
}

// VisibleFields lists the fields that can be named, promoted ones after the struct that they are in.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	return visible(t.common(), t.common(), nil, nil, map[*rtype]bool{})
}

func visible(root, t *rtype, index []int, fields []StructField, inside map[*rtype]bool) []StructField {
	if inside[t] {
		return fields
	}
	inside[t] = true
	for i := 0; i < t.numFields(); i++ {
		f := t.Field(i)
		f.Index = append(append([]int(nil), index...), i)
		if shown, ok := root.FieldByName(f.Name); f.Name == "_" || ok && sameIndex(shown.Index, f.Index) {
			fields = append(fields, f)
		}
		inner := f.Type.common()
		if inner.kind() == Pointer {
			inner = inner.elem()
		}
		if f.Anonymous && inner.kind() == Struct {
			fields = visible(root, inner, f.Index, fields, inside)
		}
	}
	delete(inside, t)
	return fields
}

func sameIndex(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
