package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type result struct {
	id, val int
}

func worker(id int, jobs <-chan int, results chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		results <- result{id, j * j}
	}
}

func gen(ctx context.Context) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; ; i++ {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}

type counter struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *counter) inc(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func main() {
	jobs, results := make(chan int, 10), make(chan result, 10)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go worker(i, jobs, results, &wg)
	}
	for i := 1; i <= 9; i++ {
		jobs <- i
	}
	close(jobs)
	go func() { wg.Wait(); close(results) }()
	sum := 0
	for r := range results {
		sum += r.val
	}
	fmt.Println("sum", sum)

	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	for v := range gen(ctx) {
		n += v
		if v == 10 {
			break
		}
	}
	cancel()
	fmt.Println(n, ctx.Err())

	c := counter{m: map[string]int{}}
	var wg2 sync.WaitGroup
	for i := 0; i < 5; i++ {
		wg2.Add(1)
		go func() {
			defer wg2.Done()
			c.inc("a")
		}()
	}
	wg2.Wait()
	fmt.Println(c.m["a"])

	var total int64
	done := make(chan struct{})
	for i := 0; i < 4; i++ {
		go func(i int) {
			atomic.AddInt64(&total, int64(i))
			done <- struct{}{}
		}(i)
	}
	for i := 0; i < 4; i++ {
		<-done
	}
	fmt.Println(atomic.LoadInt64(&total))

	select {
	case v := <-make(chan int):
		fmt.Println(v)
	case <-time.After(10 * time.Millisecond):
		fmt.Println("timeout")
	}
	tctx, cancel2 := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel2()
	<-tctx.Done()
	fmt.Println(tctx.Err(), errors.Is(tctx.Err(), context.DeadlineExceeded))

	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	fmt.Println(len(ch), cap(ch))
	close(ch)
	v, ok := <-ch
	fmt.Println(v, ok)
	v, ok = <-ch
	fmt.Println(v, ok)
	v, ok = <-ch
	fmt.Println(v, ok)
	select {
	case v, ok := <-ch:
		fmt.Println("closed", v, ok)
	default:
		fmt.Println("default")
	}
	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once") })
	}
	errc := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errc <- fmt.Errorf("caught: %v", r)
			}
		}()
		var m map[string]int
		m["x"]++
	}()
	fmt.Println(<-errc)
	strs := make(chan string)
	go func() {
		for _, s := range []string{"a", "b", "c"} {
			strs <- s
		}
		close(strs)
	}()
	all := ""
	for s := range strs {
		all += s
	}
	fmt.Println(all)
	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	fmt.Println(time.Since(start) >= 20*time.Millisecond)
	var rw sync.RWMutex
	rw.RLock()
	rw.RLock()
	rw.RUnlock()
	rw.RUnlock()
	rw.Lock()
	rw.Unlock()
	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() {
		cond.L.Lock()
		ready = true
		cond.L.Unlock()
		cond.Broadcast()
	}()
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	fmt.Println("ready")
	chans := [3]chan int{make(chan int), make(chan int), make(chan int)}
	for i := range chans {
		go func(i int) { chans[i] <- i * 10 }(i)
	}
	for i := range chans {
		fmt.Print(<-chans[i], " ")
	}
	fmt.Println()
}
