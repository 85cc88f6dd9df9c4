// A pool of workers under a tree of contexts; the feeder of jobs does not listen, and is left behind.
// The test of the HTML view changes `rounds` for traces of about 300 and 2,000 steps.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type stats struct {
	mu   sync.RWMutex
	done map[int]int
}

func (s *stats) add(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[id]++
}

func (s *stats) total() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := 0
	for _, c := range s.done {
		n += c
	}
	return n
}

func worker(ctx context.Context, id int, jobs <-chan int, results chan<- string, s *stats) {
	for {
		select {
		case <-ctx.Done():
			return
		case job, ok := <-jobs:
			if !ok {
				return
			}
			time.Sleep(time.Duration(10+id) * time.Millisecond)
			s.add(id)
			results <- fmt.Sprintf("job %d %d", job, id)
		}
	}
}

const rounds = 24

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := &stats{done: map[int]int{}}
	jobs := make(chan int, 3)
	results := make(chan string, 4)
	var wg sync.WaitGroup
	for id := 0; id < 5; id++ {
		child, stop := context.WithTimeout(ctx, time.Second)
		defer stop()
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			worker(child, id, jobs, results, s)
		}(id)
	}
	go func() {
		for i := 0; i < rounds; i++ {
			jobs <- i
		}
	}()
	for i := 0; i < rounds-10; i++ {
		fmt.Println(<-results)
		_ = s.total()
	}
	cancel()
	wg.Wait()
}
