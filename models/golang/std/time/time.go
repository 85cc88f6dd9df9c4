// SPDX-License-Identifier: Apache-2.0
// Package time: durations, points in time and the calendar. The clock is virtual and starts in the year 2000.
package time

type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// durationString is the text of a duration, as "1h15m30.918s".
func durationString(d int64) string

func (d Duration) String() string      { return durationString(int64(d)) }
func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

func (d Duration) Seconds() float64 {
	return float64(d/Second) + float64(d%Second)/1e9
}

func (d Duration) Minutes() float64 {
	return float64(d/Minute) + float64(d%Minute)/(60*1e9)
}

func (d Duration) Hours() float64 {
	return float64(d/Hour) + float64(d%Hour)/(60*60*1e9)
}

func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// isLessThanHalf says whether x + x < y, neither being negative.
func isLessThanHalf(x, y Duration) bool { return uint64(x)+uint64(x) < uint64(y) }

func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		r = -r
		if isLessThanHalf(r, m) {
			return d + r
		}
		if down := d - m + r; down < d {
			return down
		}
		return minDuration
	}
	if isLessThanHalf(r, m) {
		return d - r
	}
	if up := d + m - r; up > d {
		return up
	}
	return maxDuration
}

func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December"}

func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return "%!Month(" + itoa(int(m)) + ")"
}

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return "%!Weekday(" + itoa(int(d)) + ")"
}

func itoa(n int) string {
	if n < 0 {
		return "-" + pad(-n, 0)
	}
	return pad(n, 0)
}

// pad returns the digits of n (not negative), with zeros in front up to width.
func pad(n, width int) string {
	var digits []byte
	for n > 0 || len(digits) == 0 {
		digits = append(digits, byte('0'+n%10))
		n /= 10
	}
	for len(digits) < width {
		digits = append(digits, '0')
	}
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	return string(digits)
}

const (
	secondsPerMinute = 60
	secondsPerHour   = 60 * 60
	secondsPerDay    = 24 * secondsPerHour
	// Seconds from the first of January of year 1 to that of 1970.
	unixToInternal int64 = (1969*365 + 1969/4 - 1969/100 + 1969/400) * secondsPerDay
)

// A Time is a number of seconds since the first of January of year 1, and nanoseconds in wall; loc is nil for UTC.
type Time struct {
	wall uint64
	ext  int64
	loc  *Location
}

// now returns the virtual time in nanoseconds since 1970; it is a visible operation.
func now() int64

func fromUnixNano(ns int64) Time {
	sec := ns / 1e9
	nsec := ns % 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Time{uint64(nsec), sec + unixToInternal, Local}
}

func Now() Time             { return fromUnixNano(now()) }
func Since(t Time) Duration { return Now().Sub(t) }
func Until(t Time) Duration { return t.Sub(Now()) }

func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= 1e9 {
		n := nsec / 1e9
		sec += n
		nsec -= n * 1e9
		if nsec < 0 {
			nsec += 1e9
			sec--
		}
	}
	return Time{uint64(nsec), sec + unixToInternal, Local}
}

func UnixMilli(msec int64) Time { return Unix(msec/1e3, (msec%1e3)*1e6) }
func UnixMicro(usec int64) Time { return Unix(usec/1e6, (usec%1e6)*1e3) }

func (t Time) IsZero() bool     { return t.ext == 0 && t.wall == 0 }
func (t Time) Nanosecond() int  { return int(t.wall) }
func (t Time) Unix() int64      { return t.ext - unixToInternal }
func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + int64(t.wall)/1e6 }
func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + int64(t.wall)/1e3 }
func (t Time) UnixNano() int64  { return t.Unix()*1e9 + int64(t.wall) }

func (t Time) After(u Time) bool  { return t.Compare(u) > 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) Equal(u Time) bool  { return t.ext == u.ext && t.wall == u.wall }

func (t Time) Compare(u Time) int {
	switch {
	case t.ext < u.ext || t.ext == u.ext && t.wall < u.wall:
		return -1
	case t.ext == u.ext && t.wall == u.wall:
		return 0
	}
	return +1
}

func (t Time) Add(d Duration) Time {
	sec := int64(d / 1e9)
	nsec := int64(t.wall) + int64(d%1e9)
	if nsec >= 1e9 {
		sec++
		nsec -= 1e9
	} else if nsec < 0 {
		sec--
		nsec += 1e9
	}
	return Time{uint64(nsec), t.ext + sec, t.loc}
}

func (t Time) Sub(u Time) Duration {
	d := Duration(t.ext-u.ext)*Second + Duration(int64(t.wall)-int64(u.wall))
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

func (t Time) Truncate(d Duration) Time {
	if d <= 0 {
		return t
	}
	return t.Add(-t.remainder(d))
}

func (t Time) Round(d Duration) Time {
	if d <= 0 {
		return t
	}
	r := t.remainder(d)
	if isLessThanHalf(r, d) {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// remainder is t, counted from the zero time, modulo d.
func (t Time) remainder(d Duration) Duration {
	// (ext * 1e9 + wall) mod d by halves, as the product does not fit.
	var r uint64
	m := uint64(d)
	sec := t.ext
	negative := sec < 0
	if negative {
		sec = -sec
	}
	for bit := 62; bit >= 0; bit-- {
		r = (r + r) % m
		if sec>>uint(bit)&1 == 1 {
			r = (r + 1e9%m) % m
		}
	}
	if negative && r > 0 {
		r = m - r
	}
	return Duration((r + t.wall%m) % m)
}

func (t Time) UTC() Time {
	t.loc = nil
	return t
}

func (t Time) Local() Time {
	t.loc = Local
	return t
}

func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == UTC {
		loc = nil
	}
	t.loc = loc
	return t
}

func (t Time) Location() *Location { return t.loc.get() }

func (t Time) Zone() (name string, offset int) {
	found := t.loc.at(t.Unix())
	return found.name, found.offset
}

func (t Time) IsDST() bool { return t.loc.at(t.Unix()).isDST }

// ZoneBounds returns the times at which the zone in use begins and ends; the zero time stands for always.
func (t Time) ZoneBounds() (start, end Time) {
	found := t.loc.at(t.Unix())
	if found.start != beginOfTime {
		start = Unix(found.start, 0)
		start.loc = t.loc
	}
	if found.end != endOfTime {
		end = Unix(found.end, 0)
		end.loc = t.loc
	}
	return start, end
}

// local is the number of seconds since year 1 that a clock at the location shows.
func (t Time) local() int64 {
	if t.loc == nil {
		return t.ext
	}
	return t.ext + int64(t.loc.at(t.Unix()).offset)
}

// days splits a number of seconds into days (rounded down) and the seconds of the day.
func split(sec int64) (days int64, rest int) {
	days = sec / secondsPerDay
	r := sec % secondsPerDay
	if r < 0 {
		r += secondsPerDay
		days--
	}
	return days, int(r)
}

// daysBefore is the number of days from the first of March of year 0 to that date; see H. Hinnant, chrono algorithms.
func daysFromCivil(year, month, day int64) int64 {
	if month <= 2 {
		year--
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	yoe := year - era*400
	shifted := month - 3
	if month <= 2 {
		shifted = month + 9
	}
	doy := (153*shifted+2)/5 + day - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe
}

// Days from the first of March of year 0 to the first of January of year 1.
const marchToYearOne = 306

func civil(days int64) (year int, month Month, day int, yday int) {
	z := days + marchToYearOne
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	y := yoe + era*400
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d := doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
		y++
	}
	first := daysFromCivil(y, 1, 1) - marchToYearOne
	return int(y), Month(m), int(d), int(days-first) + 1
}

func (t Time) Date() (year int, month Month, day int) {
	days, _ := split(t.local())
	year, month, day, _ = civil(days)
	return year, month, day
}

func (t Time) Year() int {
	year, _, _ := t.Date()
	return year
}

func (t Time) Month() Month {
	_, month, _ := t.Date()
	return month
}

func (t Time) Day() int {
	_, _, day := t.Date()
	return day
}

func (t Time) YearDay() int {
	days, _ := split(t.local())
	_, _, _, yday := civil(days)
	return yday
}

func (t Time) Weekday() Weekday {
	days, _ := split(t.local())
	day := (days + 1) % 7
	if day < 0 {
		day += 7
	}
	return Weekday(day)
}

func (t Time) ISOWeek() (year, week int) {
	days, _ := split(t.local())
	thursday := days - int64((t.Weekday()+6)%7) + 3
	y, _, _, yday := civil(thursday)
	return y, (yday-1)/7 + 1
}

func (t Time) Clock() (hour, min, sec int) {
	_, rest := split(t.local())
	return rest / secondsPerHour, rest % secondsPerHour / 60, rest % 60
}

func (t Time) Hour() int {
	h, _, _ := t.Clock()
	return h
}

func (t Time) Minute() int {
	_, m, _ := t.Clock()
	return m
}

func (t Time) Second() int {
	_, _, s := t.Clock()
	return s
}

// carry moves what is beyond base from low to high.
func carry(high, low, base int) (int, int) {
	n := low / base
	low %= base
	if low < 0 {
		low += base
		n--
	}
	return high + n, low
}

func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	year, m = carry(year, m, 12)
	sec, nsec = carry(sec, nsec, 1e9)
	min, sec = carry(min, sec, 60)
	hour, min = carry(hour, min, 60)
	day, hour = carry(day, hour, 24)
	days := daysFromCivil(int64(year), int64(m+1), 1) - marchToYearOne + int64(day-1)
	ext := days*secondsPerDay + int64(hour*secondsPerHour+min*secondsPerMinute+sec)
	// The offset is that in use at the time itself, which is known by its clock: the one found for the clock's time
	// as if it were UTC may be that on the other side of a transition.
	if loc != UTC {
		found := loc.at(ext - unixToInternal)
		utc := ext - unixToInternal - int64(found.offset)
		if found.offset != 0 && (utc < found.start || utc >= found.end) {
			found = loc.at(utc)
		}
		ext -= int64(found.offset)
	}
	return Time{uint64(nsec), ext, nil}.In(loc)
}

func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, int(t.wall), t.Location())
}
