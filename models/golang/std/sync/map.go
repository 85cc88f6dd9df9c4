// SPDX-License-Identifier: Apache-2.0
// sync.Map and sync.Pool: every method is one atomic step, done by a native.
package sync

type Map struct {
	m map[any]any
}

// What update does to the entry of a key.
const (
	store = iota
	storeIfAbsent
	remove
	removeIfEqual
	storeIfEqual
)

func (m *Map) Load(key any) (value any, ok bool)

// update changes an entry, if how says so and old fits, and returns what was there before.
func (m *Map) update(how int, key, value, old any) (previous any, loaded, changed bool)

func (m *Map) Clear()

// keys returns the keys in the order of their insertion.
func (m *Map) keys() []any

func (m *Map) Store(key, value any) { m.update(store, key, value, nil) }

func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	previous, loaded, _ := m.update(storeIfAbsent, key, value, nil)
	if loaded {
		return previous, true
	}
	return value, false
}

func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	value, loaded, _ = m.update(remove, key, nil, nil)
	return value, loaded
}

func (m *Map) Delete(key any) { m.update(remove, key, nil, nil) }

func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	previous, loaded, _ = m.update(store, key, value, nil)
	return previous, loaded
}

func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	_, _, swapped = m.update(storeIfEqual, key, new, old)
	return swapped
}

func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	_, _, deleted = m.update(removeIfEqual, key, nil, old)
	return deleted
}

// Range looks at each key that is there when it begins, at the moment when its turn comes.
func (m *Map) Range(f func(key, value any) bool) {
	for _, key := range m.keys() {
		value, ok := m.Load(key)
		if ok && !f(key, value) {
			return
		}
	}
}

// A Pool gives back what was put into it: first the oldest single value, then the latest of the others.
type Pool struct {
	noCopy  noCopy
	private any
	shared  []any
	New     func() any
}

func (p *Pool) put(x any)
func (p *Pool) take() any

func (p *Pool) Put(x any) {
	if x != nil {
		p.put(x)
	}
}

func (p *Pool) Get() any {
	if x := p.take(); x != nil {
		return x
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}
