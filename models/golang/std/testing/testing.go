// SPDX-License-Identifier: Apache-2.0
// Package testing: tests and subtests, with the output of `go test`.
// The state of a test is changed by natives in one step, so that it adds no visible operations to the program.
package testing

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// TB is what T, B and F have in common.
type TB interface {
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
	private()
}

// common is the state of one test; its parent is nil for a top-level test. What goroutines of the test share is read
// and written through the natives below, each in one step.
type common struct {
	name     string
	parent   *common
	output   []byte
	failed   bool
	skipped  bool
	done     bool
	finished bool // ran to its end, or left by FailNow or SkipNow
	parallel bool
	helpers  string // names of functions, a line each
	cleanups []func()
	started  int64
	signal   chan bool
	barrier  chan bool
	sub      []*T
	names    map[string]int
	ctx      context.Context
	cancel   context.CancelFunc
}

func isSet(flag *bool) bool
func set(flag *bool)
func addText(text *[]byte, more string)
func takeText(text *[]byte) string
func readString(s *string) string

// addLine adds a line to s, unless it has it.
func addLine(s *string, line string)

func addCleanup(list *[]func(), f func())

// takeCleanup takes the last function from the list.
func takeCleanup(list *[]func()) (f func(), ok bool)

// clock returns the virtual time without being a visible operation.
func clock() int64

// reportFailure tells the checker that a test failed, at the position that the log line names.
func reportFailure(name, message, helpers string)

// noteUse and noteDone tell the checker that the goroutine uses the test of that name, and that it has completed.
func noteUse(name string)
func noteDone(name string)

// panicAfterTest panics because a completed test was used.
func panicAfterTest(message string)

// Results of unwinding.
const (
	returning = iota
	panicking
	exiting
)

// unwinding says how the function that deferred the caller is being left; a Goexit ends here.
func unwinding() int

// callerPosition returns file and line of the first frame outside this package that is not one of the helpers.
func callerPosition(helpers string) (file string, line int)

// callerFunction names the function that called the caller of the native's caller.
func callerFunction() string

func (c *common) private() {}

func (c *common) Name() string { return c.name }

func (c *common) Helper() { addLine(&c.helpers, callerFunction()) }

func (c *common) allHelpers() string {
	all := ""
	for p := c; p != nil; p = p.parent {
		all += readString(&p.helpers)
	}
	return all
}

func (c *common) Fail() {
	c.markFailed("")
}

func (c *common) markFailed(message string) {
	if c.parent != nil {
		c.parent.markFailedByChild()
	}
	noteUse(c.name)
	if isSet(&c.done) {
		panicAfterTest("Fail in goroutine after " + c.name + " has completed")
	}
	set(&c.failed)
	reportFailure(c.name, message, c.allHelpers())
}

func (c *common) markFailedByChild() {
	if c.parent != nil {
		c.parent.markFailedByChild()
	}
	set(&c.failed)
}

func (c *common) Failed() bool  { return isSet(&c.failed) }
func (c *common) Skipped() bool { return isSet(&c.skipped) }

func (c *common) FailNow() {
	c.Fail()
	set(&c.finished)
	runtime.Goexit()
}

func (c *common) SkipNow() {
	set(&c.skipped)
	set(&c.finished)
	runtime.Goexit()
}

// log adds a message to the output, with position and indentation.
func (c *common) log(s string) {
	noteUse(c.name)
	s = strings.TrimSuffix(s, "\n")
	file, line := callerPosition(c.allHelpers())
	if isSet(&c.done) {
		for p := c.parent; p != nil; p = p.parent {
			if !isSet(&p.done) {
				addText(&p.output, decorate(file, line, s))
				return
			}
		}
		panicAfterTest("Log in goroutine after " + c.name + " has completed: " + s)
	}
	addText(&c.output, decorate(file, line, s))
}

func decorate(file string, line int, s string) string {
	return fmt.Sprintf("    %s:%d: %s\n", file, line, strings.ReplaceAll(s, "\n", "\n        "))
}

func (c *common) Log(args ...any)                 { c.log(fmt.Sprintln(args...)) }
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }

func (c *common) Error(args ...any) {
	s := fmt.Sprintln(args...)
	c.log(s)
	c.markFailed(strings.TrimSuffix(s, "\n"))
}

func (c *common) Errorf(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	c.log(s)
	c.markFailed(s)
}

func (c *common) Fatal(args ...any) {
	s := fmt.Sprintln(args...)
	c.log(s)
	c.markFailed(strings.TrimSuffix(s, "\n"))
	set(&c.finished)
	runtime.Goexit()
}

func (c *common) Fatalf(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	c.log(s)
	c.markFailed(s)
	set(&c.finished)
	runtime.Goexit()
}

func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}

func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

func (c *common) Cleanup(f func()) { addCleanup(&c.cleanups, f) }

// runCleanups runs the functions, the last one first; those that they register run too.
func (c *common) runCleanups() {
	for {
		f, ok := takeCleanup(&c.cleanups)
		if !ok {
			return
		}
		contained(f)
	}
}

// contained calls a function that may leave by FailNow.
func contained(f func()) {
	defer func() { unwinding() }()
	f()
}

// Context returns a context that is cancelled before the cleanup functions run.
func (c *common) Context() context.Context {
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
	}
	return c.ctx
}

func (c *common) Setenv(key, value string) {
	before, ok := os.LookupEnv(key)
	os.Setenv(key, value)
	c.Cleanup(func() {
		if ok {
			os.Setenv(key, before)
		} else {
			os.Unsetenv(key)
		}
	})
}

// TempDir fails: nothing is ever read or written.
func (c *common) TempDir() string {
	panic("testing: TempDir is not supported: a simulated program has no files")
}

type T struct {
	common
}

// Parallel lets the test wait until its parent has run its other tests, and then run together with the parallel ones.
func (t *T) Parallel() {
	if t.parallel {
		panic("testing: t.Parallel called multiple times")
	}
	t.parallel = true
	if t.parent == nil {
		return
	}
	t.parent.sub = append(t.parent.sub, t)
	t.signal <- true
	<-t.parent.barrier
	t.started = clock()
}

func (t *T) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

// rewrite makes a subtest's name fit for a path.
func rewrite(s string) string {
	var b []byte
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r':
			b = append(b, '_')
		case r < 0x20:
			q := fmt.Sprintf("%q", r)
			b = append(b, q[1:len(q)-1]...)
		default:
			b = append(b, string(r)...)
		}
	}
	return string(b)
}

// uniqueName adds "#01" and so on to names that are taken.
func (c *common) uniqueName(sub string) string {
	if c.names == nil {
		c.names = map[string]int{}
	}
	prefix := c.name + "/" + rewrite(sub)
	n := c.names[prefix]
	c.names[prefix] = n + 1
	if n == 0 && sub != "" {
		return prefix
	}
	for {
		name := fmt.Sprintf("%s#%02d", prefix, n)
		if c.names[name] == 0 {
			c.names[name] = 1
			return name
		}
		n++
	}
}

func (t *T) Run(name string, f func(t *T)) bool {
	sub := &T{common{name: t.uniqueName(name), parent: &t.common, signal: make(chan bool, 1),
		barrier: make(chan bool)}}
	go tRunner(sub, f)
	<-sub.signal
	return !isSet(&sub.failed)
}

// tRunner runs a test; a top-level test runs on the main goroutine, so that what it waits for is what the program
// waits for.
func tRunner(t *T, f func(t *T)) {
	defer t.end()
	t.started = clock()
	f(t)
	set(&t.finished)
}

// end is deferred by tRunner: it also runs when the test leaves by FailNow or panics.
func (t *T) end() {
	how := unwinding()
	if how == panicking {
		t.markFailedByChild()
		t.report(failedWord)
		return
	}
	if !isSet(&t.finished) {
		t.markFailedByChild()
		t.report(failedWord)
		message := "test executed panic(nil) or runtime.Goexit"
		if t.parent != nil {
			message += ": subtest may have called FailNow on a parent test"
		}
		panic(message)
	}
	if len(t.sub) > 0 {
		close(t.barrier)
		for _, sub := range t.sub {
			<-sub.signal
		}
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.runCleanups()
	t.report("")
	set(&t.done)
	if t.parent != nil {
		t.signal <- true
		return
	}
	noteDone(t.name)
}

const failedWord = "FAIL"

// report adds the verdict and the output to the parent's output, or prints it for a top-level test.
func (t *T) report(word string) {
	if word == "" {
		switch {
		case isSet(&t.failed):
			word = failedWord
		case isSet(&t.skipped):
			word = "SKIP"
		default:
			word = "PASS"
		}
	}
	if word != failedWord && !verbose {
		return
	}
	seconds := float64(clock()-t.started) / 1e9
	text := fmt.Sprintf("--- %s: %s (%.2fs)\n%s", word, t.name, seconds, takeText(&t.output))
	if t.parent == nil {
		os.Stdout.WriteString(text)
		return
	}
	for _, line := range strings.SplitAfter(text, "\n") {
		if line != "" {
			addText(&t.parent.output, "    "+line)
		}
	}
}

var verbose bool

func Verbose() bool     { return verbose }
func Short() bool       { return false }
func CoverMode() string { return "" }
func Testing() bool     { return true }

// runTest runs one top-level test.
func runTest(name string, f func(*T)) {
	tRunner(&T{common{name: name, barrier: make(chan bool)}}, f)
}

// M runs nothing by itself: the tests of a package are run one by one.
type M struct{}

func (m *M) Run() (code int) { return 0 }

// B is declared so that files with benchmarks compile; benchmarks are not run.
type B struct {
	common
	N int
}

func (b *B) Run(name string, f func(b *B)) bool  { return true }
func (b *B) ReportAllocs()                       {}
func (b *B) ReportMetric(n float64, unit string) {}
func (b *B) ResetTimer()                         {}
func (b *B) StartTimer()                         {}
func (b *B) StopTimer()                          {}
func (b *B) SetBytes(n int64)                    {}
func (b *B) SetParallelism(p int)                {}
func (b *B) RunParallel(body func(*PB))          {}
func (b *B) Elapsed() time.Duration              { return 0 }
func (b *B) Loop() bool                          { return false }

type PB struct{}

func (pb *PB) Next() bool { return false }

// F is declared so that files with fuzz tests compile; they are not run.
type F struct {
	common
}

func (f *F) Add(args ...any) {}
func (f *F) Fuzz(ff any)     {}

// AllocsPerRun runs f and counts nothing.
func AllocsPerRun(runs int, f func()) (avg float64) {
	for i := 0; i <= runs; i++ {
		f()
	}
	return 0
}

type BenchmarkResult struct {
	N int
	T time.Duration
}

func Benchmark(f func(b *B)) BenchmarkResult { return BenchmarkResult{} }
