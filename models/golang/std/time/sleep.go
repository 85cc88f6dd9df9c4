// SPDX-License-Identifier: Apache-2.0
// Timers, tickers and sleeping. The native timers know the Timer by its address.
package time

func Sleep(d Duration)

// A Timer's id is that of its native timer, 0 before it has one.
type Timer struct {
	C  <-chan Time
	id int64
}

// newTimer makes and starts a native timer that sends the time on c, or starts f in a goroutine of its own;
// period is 0 unless it repeats.
func newTimer(c chan Time, f func(), d, period Duration) int64
func stopTimer(id int64) bool
func resetTimer(id int64, d, period Duration) bool

func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{C: c, id: newTimer(c, nil, d, 0)}
}

func AfterFunc(d Duration, f func()) *Timer {
	return &Timer{id: newTimer(nil, f, d, 0)}
}

func After(d Duration) <-chan Time { return NewTimer(d).C }

func (t *Timer) Stop() bool {
	if t.id == 0 {
		panic("time: Stop called on uninitialized Timer")
	}
	return stopTimer(t.id)
}

func (t *Timer) Reset(d Duration) bool {
	if t.id == 0 {
		panic("time: Reset called on uninitialized Timer")
	}
	return resetTimer(t.id, d, 0)
}

type Ticker struct {
	C  <-chan Time
	id int64
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{C: c, id: newTimer(c, nil, d, d)}
}

func (t *Ticker) Stop() {
	if t.id != 0 {
		stopTimer(t.id)
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.id == 0 {
		panic("time: Reset called on uninitialized Ticker")
	}
	resetTimer(t.id, d, d)
}

func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
