// SPDX-License-Identifier: Apache-2.0
// sync.Map: every method is one atomic step; goroutines change only at such steps, so the rest needs no lock.
package sync

import "sync/atomic"

type Map struct {
	steps uint32
	m     map[any]any
	keys  []any // in order of insertion
}

func (m *Map) step() { atomic.AddUint32(&m.steps, 1) }

func (m *Map) set(key, value any) {
	if m.m == nil {
		m.m = map[any]any{}
	}
	if _, ok := m.m[key]; !ok {
		m.keys = append(m.keys, key)
	}
	m.m[key] = value
}

func (m *Map) remove(key any) {
	delete(m.m, key)
	for i, k := range m.keys {
		if k == key {
			m.keys = append(append([]any(nil), m.keys[:i]...), m.keys[i+1:]...)
			return
		}
	}
}

func (m *Map) Load(key any) (value any, ok bool) {
	m.step()
	value, ok = m.m[key]
	return value, ok
}

func (m *Map) Store(key, value any) {
	m.step()
	m.set(key, value)
}

func (m *Map) Clear() {
	m.step()
	m.m = nil
	m.keys = nil
}

func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	m.step()
	if actual, loaded = m.m[key]; loaded {
		return actual, true
	}
	m.set(key, value)
	return value, false
}

func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	m.step()
	if value, loaded = m.m[key]; loaded {
		m.remove(key)
	}
	return value, loaded
}

func (m *Map) Delete(key any) { m.LoadAndDelete(key) }

func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	m.step()
	previous, loaded = m.m[key]
	m.set(key, value)
	return previous, loaded
}

func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	m.step()
	if v, ok := m.m[key]; !ok || v != old {
		return false
	}
	m.set(key, new)
	return true
}

func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	m.step()
	if v, ok := m.m[key]; !ok || v != old {
		return false
	}
	m.remove(key)
	return true
}

func (m *Map) Range(f func(key, value any) bool) {
	m.step()
	keys := m.keys
	for i, key := range keys {
		if i > 0 {
			m.step()
		}
		value, ok := m.m[key]
		if ok && !f(key, value) {
			return
		}
	}
}
