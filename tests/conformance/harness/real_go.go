// SPDX-License-Identifier: Apache-2.0

// The harness that runs generated programs with real Go, many times in one process, and prints the
// outcomes that it saw: one line for each, "COUNT OUTCOME". What each goroutine noted is one part
// of an outcome; a part without the note of its end belongs to a goroutine that is blocked for
// ever. Schedules are varied by the number of processors and by yields of random length in the
// places where a program may yield.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// The generated programs may use any of these.
var (
	_ = context.Background
	_ sync.Mutex
)

const maxGoroutines, maxNotes = 6, 64

// run is one run of one program.
type run struct {
	live   int32
	chance uint32
	style  int
	count  [maxGoroutines]int
	notes  [maxGoroutines][maxNotes]int
}

func (r *run) start(g int, f func()) {
	atomic.AddInt32(&r.live, 1)
	go func() {
		defer atomic.AddInt32(&r.live, -1)
		defer r.leave(g)
		r.delay()
		f()
	}()
	r.delay()
}

func (r *run) leave(g int) {
	if e := recover(); e != nil {
		r.note(g, codeOf(e))
	}
	r.note(g, ended)
}

// note is called by goroutine g alone.
func (r *run) note(g, value int) int {
	r.notes[g][r.count[g]] = value
	r.count[g]++
	r.delay()
	return value
}

func (r *run) pause() {
	runtime.Gosched()
	r.delay()
}

// delay lets others run for a while, in the runs that are not left alone.
func (r *run) delay() {
	if r.style == 0 {
		return
	}
	x := atomic.AddUint32(&r.chance, 0x9e3779b9)
	x ^= x >> 16
	x *= 0x85ebca6b
	x ^= x >> 13
	for n := x % 4; n > 0; n-- {
		runtime.Gosched()
	}
	if r.style == 2 {
		for n := x >> 8 % 2048; n > 0; n-- {
			atomic.LoadInt32(&r.live)
		}
	}
}

func (r *run) outcome() string {
	var parts []string
	for g := range r.notes {
		part := strconv.Itoa(g) + ":"
		for _, value := range r.notes[g][:r.count[g]] {
			part += strconv.Itoa(value) + ";"
		}
		if r.count[g] > 0 {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// asleep says whether every goroutine but the caller is blocked.
func asleep(stacks []byte) bool {
	n := runtime.Stack(stacks, true)
	if n == len(stacks) {
		panic("too many goroutines to look at")
	}
	for i, block := range bytes.Split(stacks[:n], []byte("\n\n")) {
		if i == 0 {
			continue // the caller
		}
		state := string(block[bytes.IndexByte(block, '[')+1 : bytes.IndexByte(block, ']')])
		if comma := strings.IndexByte(state, ','); comma >= 0 {
			state = state[:comma]
		}
		switch {
		case strings.HasPrefix(state, "chan "), strings.HasPrefix(state, "select"),
			strings.HasPrefix(state, "sync."), state == "semacquire":
		default:
			return false
		}
	}
	return true
}

func once(program func(*run), number int, stacks []byte) string {
	runtime.GOMAXPROCS([]int{1, 2, 4, 1}[number%4])
	r := &run{chance: uint32(number) * 7919, style: number % 3}
	r.start(0, func() { program(r) })
	for i := 1; atomic.LoadInt32(&r.live) != 0; i++ {
		runtime.Gosched()
		if i%64 == 0 && asleep(stacks) {
			break
		}
	}
	return r.outcome()
}

// Arguments: the number of the program, the number of runs.
func main() {
	debug.SetGCPercent(-1)
	which, _ := strconv.Atoi(os.Args[1])
	runs, _ := strconv.Atoi(os.Args[2])
	stacks := make([]byte, 8<<20)
	seen := map[string]int{}
	for i := 0; i < runs; i++ {
		seen[once(programs[which], i, stacks)]++
	}
	var all []string
	for outcome := range seen {
		all = append(all, outcome)
	}
	sort.Strings(all)
	for _, outcome := range all {
		fmt.Println(seen[outcome], outcome)
	}
}
