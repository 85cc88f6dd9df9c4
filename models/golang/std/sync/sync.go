// SPDX-License-Identifier: Apache-2.0
// Package sync: locks and waiting. The primitives are native objects, found by the address of their first word.
package sync

// A Locker can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

type Mutex struct {
	state int32
	sema  uint32
}

func (m *Mutex) Lock()
func (m *Mutex) TryLock() bool
func (m *Mutex) Unlock()

type RWMutex struct {
	w           Mutex
	writerSem   uint32
	readerSem   uint32
	readerCount int32
	readerWait  int32
}

func (rw *RWMutex) Lock()
func (rw *RWMutex) TryLock() bool
func (rw *RWMutex) Unlock()
func (rw *RWMutex) RLock()
func (rw *RWMutex) TryRLock() bool
func (rw *RWMutex) RUnlock()

func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

type WaitGroup struct {
	noCopy noCopy
	state  uint64
	sema   uint32
}

func (wg *WaitGroup) Add(delta int)
func (wg *WaitGroup) Done() { wg.Add(-1) }
func (wg *WaitGroup) Wait()

func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}

type Once struct {
	done uint32
	m    Mutex
}

// begin says whether the caller has to run the function; if another goroutine is running it, it waits.
func (o *Once) begin() bool

// end marks the function as done, also after a panic.
func (o *Once) end()

func (o *Once) Do(f func()) {
	if o.begin() {
		defer o.end()
		f()
	}
}

// A Cond whose Locker is a Mutex is native; with another Locker it is a list of channels, guarded by mu.
type Cond struct {
	noCopy  noCopy
	L       Locker
	notify  uint64
	mu      Mutex
	waiters []chan bool
}

func NewCond(l Locker) *Cond { return &Cond{L: l} }

// waitMutex unlocks m and waits, in one step.
func (c *Cond) waitMutex(m *Mutex)
func (c *Cond) signal()
func (c *Cond) broadcast()

func (c *Cond) Wait() {
	if m, ok := c.L.(*Mutex); ok {
		c.waitMutex(m)
		m.Lock()
		return
	}
	woken := make(chan bool, 1)
	c.mu.Lock()
	c.waiters = append(c.waiters, woken)
	c.mu.Unlock()
	c.L.Unlock()
	<-woken
	c.L.Lock()
}

func (c *Cond) Signal() {
	if _, ok := c.L.(*Mutex); ok {
		c.signal()
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiters) > 0 {
		c.waiters[0] <- true
		c.waiters = c.waiters[1:]
	}
}

func (c *Cond) Broadcast() {
	if _, ok := c.L.(*Mutex); ok {
		c.broadcast()
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.waiters {
		w <- true
	}
	c.waiters = nil
}
