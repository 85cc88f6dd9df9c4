// Packages sync and sync/atomic: results that do not depend on the schedule.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type counter struct {
	sync.Mutex
	n map[string]int
}

func (c *counter) inc(k string) {
	c.Lock()
	defer c.Unlock()
	c.n[k]++
}

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	var n32 int32
	var n64 atomic.Int64
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			c.inc(fmt.Sprint("k", i%3))
			atomic.AddInt32(&n32, int32(i))
			n64.Add(1)
			runtime.Gosched()
		}(i)
	}
	wg.Wait()
	fmt.Println(c.n, n32, n64.Load())

	var rw sync.RWMutex
	rw.RLock()
	fmt.Println(rw.TryRLock(), rw.TryLock())
	rw.RUnlock()
	rw.RUnlock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.Unlock()
	l := rw.RLocker()
	l.Lock()
	l.Unlock()
	var mu sync.Mutex
	fmt.Println(mu.TryLock(), mu.TryLock())
	mu.Unlock()
	fmt.Printf("%v %+v\n", &mu, struct{ sync.Mutex }{})

	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once") })
	}
	var once2 sync.Once
	try(func() { once2.Do(func() { panic("in once") }) })
	once2.Do(func() { fmt.Println("never") })

	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		ready = true
		mu.Unlock()
		cond.Broadcast()
	}()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
	fmt.Println("ready")

	var m sync.Map
	m.Store("a", 1)
	v, loaded := m.LoadOrStore("a", 2)
	fmt.Println(v, loaded)
	v, loaded = m.LoadOrStore("b", 3)
	fmt.Println(v, loaded)
	v, ok := m.Load("zz")
	fmt.Println(v, ok)
	v, loaded = m.LoadAndDelete("a")
	fmt.Println(v, loaded)
	m.Delete("nothing")
	sum := 0
	m.Store("c", 4)
	m.Range(func(k, v any) bool { sum += v.(int); return true })
	fmt.Println(sum)

	p := sync.Pool{New: func() any { return new(int) }}
	x := p.Get().(*int)
	*x = 5
	p.Put(x)
	fmt.Println(*p.Get().(*int) >= 0, (&sync.Pool{}).Get())

	var v1 atomic.Value
	fmt.Println(v1.Load())
	v1.Store("x")
	fmt.Println(v1.Load(), v1.Swap("y"), v1.CompareAndSwap("y", "z"), v1.CompareAndSwap("y", "w"), v1.Load())
	try(func() { v1.Store(1) })
	try(func() { v1.Store(nil) })
	try(func() { v1.Swap(2) })
	try(func() { v1.CompareAndSwap("a", 1) })
	var b atomic.Bool
	fmt.Println(b.Load(), b.Swap(true), b.CompareAndSwap(true, false), b.Load())
	var u32 uint32 = 5
	fmt.Println(atomic.CompareAndSwapUint32(&u32, 5, 6), atomic.SwapUint32(&u32, 9), atomic.LoadUint32(&u32), atomic.AddUint32(&u32, ^uint32(0)))
	var i64 int64
	atomic.StoreInt64(&i64, 1<<40)
	fmt.Println(atomic.LoadInt64(&i64), atomic.AddInt64(&i64, -1))
	var up atomic.Uintptr
	up.Store(7)
	fmt.Println(up.Load())
	var ptr atomic.Pointer[int]
	fmt.Println(ptr.Load() == nil)
	y := 3
	ptr.Store(&y)
	fmt.Println(*ptr.Load(), ptr.CompareAndSwap(&y, nil), ptr.Load() == nil)
	copied := wg
	copied.Wait()
	fmt.Println("end")
}
