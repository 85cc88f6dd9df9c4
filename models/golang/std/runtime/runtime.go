// SPDX-License-Identifier: Apache-2.0
// Package runtime: the scheduler's controls and what a program can ask about itself.
package runtime

const (
	GOOS     string = "linux"
	GOARCH   string = "amd64"
	Compiler        = "gc"
)

// The Error interface tells run-time errors from ordinary ones.
type Error interface {
	error
	RuntimeError()
}

// The machine makes values of the types that follow for its own panics.
type errorString string

func (e errorString) Error() string { return "runtime error: " + string(e) }
func (errorString) RuntimeError()   {}

type plainError string

func (e plainError) Error() string { return string(e) }
func (plainError) RuntimeError()   {}

type boundsError string

func (e boundsError) Error() string { return "runtime error: " + string(e) }
func (boundsError) RuntimeError()   {}

// A PanicNilError is what recover returns after panic(nil).
type PanicNilError struct {
	_ [0]func()
}

func (*PanicNilError) Error() string {
	return "panic called with nil argument (use GODEBUG=panicnil=1 to disable)"
}
func (*PanicNilError) RuntimeError() {}

// A TypeAssertionError is the panic of a failed type assertion.
type TypeAssertionError struct {
	message string
}

func (e *TypeAssertionError) Error() string { return e.message }
func (*TypeAssertionError) RuntimeError()   {}

func Gosched()
func Goexit()
func NumGoroutine() int

func GC()               {}
func NumCPU() int       { return 8 }
func NumCgoCall() int64 { return 0 }
func LockOSThread()     {}
func UnlockOSThread()   {}
func KeepAlive(x any)   {}
func Version() string   { return "go1.22" }
func GOROOT() string    { return "/usr/local/go" }

var maxProcs = 8

func GOMAXPROCS(n int) int {
	previous := maxProcs
	if n > 0 {
		maxProcs = n
	}
	return previous
}

func Breakpoint() {}

// Nothing is profiled.
func SetBlockProfileRate(rate int) {}
func SetCPUProfileRate(hz int)     {}
func SetMutexProfileFraction(rate int) (before int) {
	before = mutexFraction
	if rate >= 0 {
		mutexFraction = rate
	}
	return before
}

var mutexFraction int

var MemProfileRate int = 512 * 1024

// SetFinalizer does nothing: there is no moment at which garbage is found.
func SetFinalizer(obj any, finalizer any) {}

// callerAt describes the frame that is skip levels above the caller of the native's caller.
func callerAt(skip int) (pc uintptr, function, file string, line int, ok bool)

func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	pc, _, file, line, ok = callerAt(skip)
	return pc, file, line, ok
}

func Callers(skip int, pc []uintptr) int {
	n := 0
	for n < len(pc) {
		at, _, _, _, ok := callerAt(skip - 1 + n)
		if !ok {
			break
		}
		pc[n] = at
		n++
	}
	return n
}

// describePC returns the function and position of a pc that callerAt gave.
func describePC(pc uintptr) (function, file string, line int)

type Func struct {
	name string
	file string
	line int
	pc   uintptr
}

func FuncForPC(pc uintptr) *Func {
	name, file, line := describePC(pc)
	if name == "" {
		return nil
	}
	return &Func{name, file, line, pc}
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

func (f *Func) Entry() uintptr { return f.pc }

func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line = describePC(pc)
	return file, line
}

type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

type Frames struct {
	callers []uintptr
}

func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.callers) == 0 {
		return Frame{}, false
	}
	pc := f.callers[0]
	f.callers = f.callers[1:]
	fn := FuncForPC(pc)
	if fn != nil {
		frame = Frame{PC: pc, Func: fn, Function: fn.name, File: fn.file, Line: fn.line, Entry: pc}
	}
	return frame, len(f.callers) > 0
}

// stack returns the goroutine trace, of all goroutines or of the caller's.
func stack(all bool) string

func Stack(buf []byte, all bool) int { return copy(buf, stack(all)) }

type MemStats struct {
	Alloc         uint64
	TotalAlloc    uint64
	Sys           uint64
	Lookups       uint64
	Mallocs       uint64
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	NextGC        uint64
	LastGC        uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	PauseTotalNs  uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
}

// ReadMemStats fills in nothing that depends on the machine.
func ReadMemStats(m *MemStats) { *m = MemStats{EnableGC: true} }
