// Package time: durations, the calendar, layouts, timers on the virtual clock.
package main

import (
	"fmt"
	"time"
)

func main() {
	for _, d := range []time.Duration{0, 1, 999, 1000, 1500, 1e6, 1234567, 1e9, 1500 * time.Millisecond, 61 * time.Second, time.Hour, 25*time.Hour + 30*time.Minute + 5*time.Second + 7*time.Nanosecond, -5 * time.Second, 1<<63 - 1, -1 << 63, 100 * time.Microsecond} {
		fmt.Println(d, d.Seconds(), d.Minutes(), d.Hours(), d.Milliseconds(), d.Microseconds(), d.Nanoseconds(), d.Round(time.Second), d.Truncate(time.Minute), d.Abs(), d.Round(7))
		fmt.Printf("%d %v %s %T\n", d, d, d, d)
	}
	for _, s := range []string{"1h", "1.5h", "-1m30s", "100ms", "1us", "1µs", "2h45m10.5s", "", "x", "1", "1x", "0", "+5s", ".5s", "9223372036854775807ns", "9223372036854775808ns", "-9223372036854775808ns", "1h1", "3000000h", "-.s", "1.s"} {
		d, err := time.ParseDuration(s)
		fmt.Println(d, err)
	}
	t := time.Date(2024, time.February, 29, 13, 4, 5, 123456789, time.UTC)
	for _, layout := range []string{time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano, "2006-01-02 15:04:05", "Jan _2 06 03:04:05.999 pm", "Monday 2 January", "002 __2", "05.000000", "05.99", "15h04", "20060102T150405", "2006-1-2 3:4:5", "Mon Jan"} {
		s := t.Format(layout)
		p, err := time.Parse(layout, s)
		fmt.Println(s, p, err)
	}
	fmt.Println(t, t.Unix(), t.UnixNano(), t.UnixMilli(), t.Weekday(), t.YearDay(), t.Month(), t.Day(), t.Hour(), t.Nanosecond())
	fmt.Println(t.ISOWeek())
	fmt.Println(t.Date())
	fmt.Println(t.Clock())
	fmt.Println(t.Add(36*time.Hour), t.AddDate(1, 0, 0), t.AddDate(0, 1, 1), t.AddDate(0, -2, -29), t.Truncate(time.Hour), t.Round(time.Hour), t.Truncate(7*24*time.Hour))
	u := t.Add(90 * time.Minute)
	fmt.Println(u.Sub(t), t.Before(u), t.After(u), t.Equal(u), t.Equal(t), u.Sub(time.Time{}), time.Time{}.Sub(u))
	fmt.Println(time.Time{}, time.Time{}.IsZero(), time.Time{}.Weekday(), time.Unix(0, 0).UTC(), time.Unix(1e9, 5).UTC(), time.UnixMilli(-1500).UTC(), time.Unix(-1, -1).UTC())
	for _, d := range []time.Time{time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(1900, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2000, 14, -3, 25, 61, -1, 2e9, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC)} {
		fmt.Println(d, d.Weekday(), d.YearDay(), d.Unix())
		fmt.Println(d.ISOWeek())
	}
	z := time.FixedZone("CET", 3600)
	c := time.Date(2024, 1, 1, 0, 30, 0, 0, z)
	fmt.Println(c, c.UTC(), c.Format(time.RFC3339), c.In(time.UTC), c.Location())
	for _, x := range [][2]string{{"2006-01-02", "2024-13-01"}, {"2006-01-02", "2024-02-30"}, {"2006-01-02", "x"}, {"2006-01-02", "2024-01-02x"}, {time.RFC3339, "2024-01-02T03:04:05+02:00"}, {"15:04", "25:00"}, {"2006-01-02 15:04:05", "2024-01-02 03:04:05.678"}, {"Jan 2", "Foo 3"}, {"3:04PM", "12:05AM"}, {"01/02", "1/2"}} {
		p, err := time.Parse(x[0], x[1])
		fmt.Println(p, err)
	}
	fmt.Println(time.Month(13), time.Weekday(9), time.Saturday, time.December)
	fmt.Printf("%v %d %#v\n", time.March, time.March, time.UTC.String())

	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	fmt.Println(time.Since(start).Round(10*time.Millisecond), time.Until(start) < 0)
	timer := time.NewTimer(time.Hour)
	fmt.Println(timer.Stop(), timer.Stop(), timer.Reset(10*time.Millisecond))
	<-timer.C
	fmt.Println(timer.Stop())
	select {
	case <-time.After(5 * time.Millisecond):
		fmt.Println("after")
	case <-time.After(time.Hour):
		fmt.Println("hour")
	}
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { done <- true })
	fmt.Println(<-done)
	tick := time.NewTicker(3 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-tick.C
		fmt.Println("tick", i)
	}
	tick.Stop()
	tick.Reset(time.Millisecond)
	<-tick.C
	for i := range []int{1, 2} {
		<-time.Tick(time.Millisecond)
		fmt.Println(i)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		time.NewTicker(0)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var t time.Timer
		t.Stop()
	}()
	fmt.Println(time.Tick(0) == nil)
}
