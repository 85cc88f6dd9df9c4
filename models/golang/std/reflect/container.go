// SPDX-License-Identifier: Apache-2.0
// Maps, channels and select.
package reflect

func makeMap(t *rtype, n int) Value
func mapLen(v Value) int
func mapGet(v, key Value) (Value, bool)
func mapSet(v, key, elem Value)
func mapDelete(v, key Value)
func mapClear(v Value)
func mapStart(at *[5]uint64, v Value)

// mapNext goes to the next entry; false at the end.
func mapNext(at *[5]uint64, v Value) (key, elem Value, ok bool)

func makeChan(t *rtype, n int) Value
func chanLen(v Value) int
func chanCap(v Value) int
func chanSend(v, x Value)
func chanRecv(v Value) (Value, bool)
func chanClose(v Value)

// choose is a select statement: the index of the case, -1 for default; what was received.
func choose(cases []chooseCase, hasDefault bool) (int, Value, bool)

type chooseCase struct {
	channel Value // invalid: none, never ready
	send    Value // invalid: receive
}

func clearSlice(v Value)

// ---- Maps

func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	return makeMap(typ.common(), n)
}

func (v Value) MapIndex(key Value) Value {
	v.must(Map, "MapIndex")
	x, ok := mapGet(v, key.assignTo("reflect.Value.MapIndex", v.typ.key()))
	if !ok {
		return Value{}
	}
	x.flag |= (v.flag | key.flag).ro()
	return x
}

func (v Value) SetMapIndex(key, elem Value) {
	v.must(Map, "SetMapIndex")
	v.mustBeExported("SetMapIndex")
	key.mustBeExported("SetMapIndex")
	k := key.assignTo("reflect.Value.SetMapIndex", v.typ.key())
	if elem.typ == nil {
		mapDelete(v, k)
		return
	}
	elem.mustBeExported("SetMapIndex")
	mapSet(v, k, elem.assignTo("reflect.Value.SetMapIndex", v.typ.elem()))
}

func (v Value) MapKeys() []Value {
	v.must(Map, "MapKeys")
	keys := make([]Value, 0, mapLen(v))
	for it := v.MapRange(); it.Next(); {
		keys = append(keys, it.Key())
	}
	return keys
}

func (v Value) Clear() {
	switch v.Kind() {
	case Slice:
		clearSlice(v)
	case Map:
		mapClear(v)
	default:
		panic(v.wrong("Clear"))
	}
}

type MapIter struct {
	m         Value
	at        [5]uint64
	started   bool
	done      bool
	key, elem Value
}

func (v Value) MapRange() *MapIter {
	v.must(Map, "MapRange")
	return &MapIter{m: v}
}

func (it *MapIter) Next() bool {
	if !it.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if it.done {
		panic("MapIter.Next called on exhausted iterator")
	}
	if !it.started {
		it.started = true
		mapStart(&it.at, it.m)
	}
	ok := false
	it.key, it.elem, ok = mapNext(&it.at, it.m)
	it.done = !ok
	return ok
}

func (it *MapIter) must(what string) {
	if !it.started {
		panic(what + " called before Next")
	}
	if it.done {
		panic(what + " called on exhausted iterator")
	}
}

func (it *MapIter) Key() Value {
	it.must("MapIter.Key")
	k := it.key
	k.flag |= it.m.ro()
	return k
}

func (it *MapIter) Value() Value {
	it.must("MapIter.Value")
	e := it.elem
	e.flag |= it.m.ro()
	return e
}

func (it *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.must(Map, "MapRange")
	}
	*it = MapIter{m: v}
}

func (v Value) SetIterKey(it *MapIter) {
	it.must("reflect: Value.SetIterKey")
	v.mustBeAssignable("SetIterKey")
	store(v, it.Key().assignTo("reflect.MapIter.SetKey", v.typ))
}

func (v Value) SetIterValue(it *MapIter) {
	it.must("reflect: Value.SetIterValue")
	v.mustBeAssignable("SetIterValue")
	store(v, it.Value().assignTo("reflect.MapIter.SetValue", v.typ))
}

// ---- Channels

func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	return makeChan(typ.common(), buffer)
}

func (v Value) channel(method string) {
	v.must(Chan, method)
	v.mustBeExported(method)
}

func (v Value) canReceive() {
	if v.typ.direction()&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
}

func (v Value) canSend() {
	if v.typ.direction()&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
}

func (v Value) Close() {
	v.channel("Close")
	if v.typ.direction()&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	chanClose(v)
}

func (v Value) Send(x Value) {
	v.channel("Send")
	v.canSend()
	x.mustBeExported("Send")
	chanSend(v, x.assignTo("reflect.Value.Send", v.typ.elem()))
}

func (v Value) Recv() (x Value, ok bool) {
	v.channel("Recv")
	v.canReceive()
	return chanRecv(v)
}

func (v Value) TrySend(x Value) bool {
	v.channel("TrySend")
	v.canSend()
	x.mustBeExported("TrySend")
	chosen, _, _ := choose([]chooseCase{{v, x.assignTo("reflect.Value.Send", v.typ.elem())}}, true)
	return chosen == 0
}

func (v Value) TryRecv() (x Value, ok bool) {
	v.channel("TryRecv")
	v.canReceive()
	chosen, x, ok := choose([]chooseCase{{channel: v}}, true)
	if chosen < 0 {
		return Value{}, false
	}
	return x, ok
}

type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	if len(cases) > 65536 {
		panic("reflect.Select: too many cases (max 65536)")
	}
	run := make([]chooseCase, len(cases))
	def := -1
	for i, c := range cases {
		switch c.Dir {
		default:
			panic("reflect.Select: invalid Dir")
		case SelectDefault:
			if def >= 0 {
				panic("reflect.Select: multiple default cases")
			}
			def = i
			if c.Chan.IsValid() {
				panic("reflect.Select: default case has Chan value")
			}
			if c.Send.IsValid() {
				panic("reflect.Select: default case has Send value")
			}
		case SelectSend:
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.channel("Select")
			if c.Chan.typ.direction()&SendDir == 0 {
				panic("reflect.Select: SendDir case using recv-only channel")
			}
			if !c.Send.IsValid() {
				panic("reflect.Select: SendDir case missing Send value")
			}
			c.Send.mustBeExported("Select")
			run[i] = chooseCase{c.Chan, c.Send.assignTo("reflect.Select", c.Chan.typ.elem())}
		case SelectRecv:
			if c.Send.IsValid() {
				panic("reflect.Select: RecvDir case has Send value")
			}
			if !c.Chan.IsValid() {
				break
			}
			c.Chan.channel("Select")
			if c.Chan.typ.direction()&RecvDir == 0 {
				panic("reflect.Select: RecvDir case using send-only channel")
			}
			run[i].channel = c.Chan
		}
	}
	chosen, recv, recvOK = choose(run, def >= 0)
	if chosen < 0 {
		chosen = def
	}
	return chosen, recv, recvOK
}
