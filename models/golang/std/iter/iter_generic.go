// SPDX-License-Identifier: Apache-2.0
// Package iter: the types of iterator functions, and pulling values out of one.
package iter

type Seq[V any] func(yield func(V) bool)

type Seq2[K, V any] func(yield func(K, V) bool)

// pulled is what goes on between a caller of next and the sequence, which runs in a goroutine of its own; each waits for
// the other, so that never both run.
type pulled[V any] struct {
	resume   chan bool // false: stop
	value    chan V
	started  bool
	done     bool
	running  bool
	panicked any
}

func (p *pulled[V]) run(seq Seq[V]) {
	defer func() {
		p.panicked = recover()
		close(p.value)
	}()
	if !<-p.resume {
		return
	}
	seq(func(v V) bool {
		p.value <- v
		return <-p.resume
	})
}

// step resumes the sequence until its next value; false at its end.
func (p *pulled[V]) step(seq Seq[V], more bool) (v V, ok bool) {
	if p.running {
		panic("iter.Pull: next called again before yield")
	}
	if p.done || !more && !p.started {
		p.done = true
		return v, false
	}
	if !p.started {
		p.started = true
		go p.run(seq)
	}
	p.running = true
	p.resume <- more
	v, ok = <-p.value
	p.running = false
	if !ok {
		p.done = true
		if p.panicked != nil {
			panic(p.panicked)
		}
	}
	return v, ok
}

func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	p := &pulled[V]{resume: make(chan bool), value: make(chan V)}
	return func() (V, bool) { return p.step(seq, true) }, func() { p.step(seq, false) }
}

func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	type entry struct {
		key   K
		value V
	}
	one, stop := Pull(func(yield func(entry) bool) {
		seq(func(k K, v V) bool { return yield(entry{k, v}) })
	})
	return func() (K, V, bool) {
		e, ok := one()
		return e.key, e.value, ok
	}, stop
}
