// SPDX-License-Identifier: Apache-2.0
// Timers, tickers and sleeping. The native timers know the Timer by its address.
package time

func Sleep(d Duration)

// runtimeTimer stands for the native half of a timer.
type runtimeTimer struct {
	when int64
}

// A Timer without r was not made by NewTimer or AfterFunc.
type Timer struct {
	C <-chan Time
	r *runtimeTimer
}

// newTimer makes and starts a native timer that sends the time on c, or starts f in a goroutine of its own;
// period is 0 unless it repeats, start is the time at which the virtual clock starts.
func newTimer(c chan Time, f func(), d, period Duration, start Time) *runtimeTimer
func stopTimer(r *runtimeTimer) bool
func resetTimer(r *runtimeTimer, d Duration) bool

// start is the beginning of the year 2000.
func start() Time { return Unix(946684800, 0) }

func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{C: c, r: newTimer(c, nil, d, 0, start())}
}

func AfterFunc(d Duration, f func()) *Timer {
	return &Timer{r: newTimer(nil, f, d, 0, start())}
}

func After(d Duration) <-chan Time { return NewTimer(d).C }

func (t *Timer) Stop() bool {
	if t.r == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return stopTimer(t.r)
}

func (t *Timer) Reset(d Duration) bool {
	if t.r == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	return resetTimer(t.r, d)
}

type Ticker struct {
	C <-chan Time
	r *runtimeTimer
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{C: c, r: newTimer(c, nil, d, d, start())}
}

func (t *Ticker) Stop() {
	if t.r != nil {
		stopTimer(t.r)
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.r == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	resetTimer(t.r, d)
}

func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
