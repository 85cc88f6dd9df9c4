// SPDX-License-Identifier: Apache-2.0
// Writing and reading times after a layout, and reading durations.
package time

import "errors"

const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// The parts of a layout; where one begins with another, the longer one comes first.
var layoutParts = []string{
	"January", "Jan", "Monday", "Mon", "MST", "2006", "__2", "_2006", "_2", "002", "01", "02", "03", "04", "05", "06", "15",
	"PM", "pm", "-07:00:00", "-070000", "-07:00", "-0700", "-07", "Z07:00:00", "Z070000", "Z07:00", "Z0700", "Z07",
	"1", "2", "3", "4", "5",
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }

func isDigitAt(s string, i int) bool { return i < len(s) && '0' <= s[i] && s[i] <= '9' }

// nextPart cuts a layout at its first part; part is empty if there is none.
func nextPart(layout string) (before, part, after string) {
	for i := 0; i < len(layout); i++ {
		rest := layout[i:]
		if c := rest[0]; (c == '.' || c == ',') && len(rest) > 1 && (rest[1] == '0' || rest[1] == '9') {
			j := 1
			for j < len(rest) && rest[j] == rest[1] {
				j++
			}
			if !isDigitAt(rest, j) {
				return layout[:i], rest[:j], rest[j:]
			}
		}
		for _, p := range layoutParts {
			if !hasPrefix(rest, p) {
				continue
			}
			if p == "_2006" {
				return layout[:i+1], "2006", rest[5:]
			}
			if (p == "Jan" || p == "Mon") && len(rest) > 3 && 'a' <= rest[3] && rest[3] <= 'z' {
				continue
			}
			return layout[:i], p, rest[len(p):]
		}
	}
	return layout, "", ""
}

func (t Time) String() string { return t.Format("2006-01-02 15:04:05.999999999 -0700 MST") }

func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	loc := "time.UTC"
	if t.loc == Local {
		loc = "time.Local"
	} else if t.loc != nil {
		loc = `time.Location("` + t.loc.name + `")`
	}
	name := "time." + month.String()
	return "time.Date(" + itoa(year) + ", " + name + ", " + itoa(day) + ", " + itoa(hour) + ", " + itoa(min) + ", " +
		itoa(sec) + ", " + itoa(int(t.wall)) + ", " + loc + ")"
}

func (t Time) Format(layout string) string { return string(t.AppendFormat(nil, layout)) }

func (t Time) AppendFormat(b []byte, layout string) []byte {
	for layout != "" {
		before, part, after := nextPart(layout)
		b = append(b, before...)
		if part == "" {
			break
		}
		layout = after
		b = append(b, t.part(part)...)
	}
	return b
}

// fraction returns the digits of the nanoseconds that a part like ".000" or ".999" asks for.
func (t Time) fraction(part string) string {
	digits := pad(int(t.wall), 9)
	n := len(part) - 1
	if n > 9 {
		n = 9
	}
	digits = digits[:n]
	if part[1] == '9' {
		for len(digits) > 0 && digits[len(digits)-1] == '0' {
			digits = digits[:len(digits)-1]
		}
		if digits == "" {
			return ""
		}
	}
	return part[:1] + digits
}

func spaced(n, width int) string {
	s := itoa(n)
	for len(s) < width {
		s = " " + s
	}
	return s
}

func (t Time) part(part string) string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	twelve := hour % 12
	if twelve == 0 {
		twelve = 12
	}
	switch part {
	case "January":
		return month.String()
	case "Jan":
		return month.String()[:3]
	case "1":
		return itoa(int(month))
	case "01":
		return pad(int(month), 2)
	case "Monday":
		return t.Weekday().String()
	case "Mon":
		return t.Weekday().String()[:3]
	case "2":
		return itoa(day)
	case "_2":
		return spaced(day, 2)
	case "02":
		return pad(day, 2)
	case "002":
		return pad(t.YearDay(), 3)
	case "__2":
		return spaced(t.YearDay(), 3)
	case "15":
		return pad(hour, 2)
	case "3":
		return itoa(twelve)
	case "03":
		return pad(twelve, 2)
	case "4":
		return itoa(min)
	case "04":
		return pad(min, 2)
	case "5":
		return itoa(sec)
	case "05":
		return pad(sec, 2)
	case "2006":
		if year < 0 {
			return "-" + pad(-year, 4)
		}
		return pad(year, 4)
	case "06":
		if year < 0 {
			year = 0
		}
		return pad(year%100, 2)
	case "PM", "pm":
		if hour >= 12 {
			return part
		}
		if part == "pm" {
			return "am"
		}
		return "AM"
	case "MST":
		name, offset := t.Zone()
		if name != "" {
			return name
		}
		return zone("-0700", offset)
	}
	if part[0] == '.' || part[0] == ',' {
		return t.fraction(part)
	}
	_, offset := t.Zone()
	return zone(part, offset)
}

// zone writes an offset after a part like "-0700" or "Z07:00".
func zone(part string, offset int) string {
	if part[0] == 'Z' && offset == 0 {
		return "Z"
	}
	sign := "+"
	if offset < 0 {
		sign = "-"
		offset = -offset
	}
	out := sign + pad(offset/3600, 2)
	minutes := pad(offset/60%60, 2)
	seconds := pad(offset%60, 2)
	switch part[1:] {
	case "0700":
		out += minutes
	case "07:00":
		out += ":" + minutes
	case "070000":
		out += minutes + seconds
	case "07:00:00":
		out += ":" + minutes + ":" + seconds
	}
	return out
}

// A ParseError describes a text that does not fit its layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func quote(s string) string {
	out := []byte{'"'}
	for i := 0; i < len(s); i++ {
		if s[i] == '"' || s[i] == '\\' {
			out = append(out, '\\')
		}
		out = append(out, s[i])
	}
	return string(append(out, '"'))
}

func (e *ParseError) Error() string {
	if e.Message == "" {
		return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) +
			" as " + quote(e.LayoutElem)
	}
	return "parsing time " + quote(e.Value) + e.Message
}

// digits takes from min to max digits.
func digits(s string, min, max int) (n int, rest string, ok bool) {
	i := 0
	for i < max && isDigitAt(s, i) {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= min
}

func lowerEqual(a, b string) bool {
	for i := 0; i < len(a); i++ {
		if a[i]|0x20 != b[i]|0x20 {
			return false
		}
	}
	return true
}

// lookup finds the name, cut to size if size is not 0, that s begins with.
func lookup(names []string, size int, s string) (index int, rest string, ok bool) {
	for i, name := range names {
		if size > 0 {
			name = name[:size]
		}
		if len(s) >= len(name) && lowerEqual(name, s[:len(name)]) {
			return i, s[len(name):], true
		}
	}
	return 0, s, false
}

// parsed collects what a text says.
type parsed struct {
	year, month, day, yday int
	hour, min, sec, nsec   int
	pm, pmSet              bool
	offset                 int
	offsetSet              bool
	zone                   string
}

// take reads one part from s; outOfRange names what was too big.
func (p *parsed) take(part, s string) (rest string, outOfRange string, ok bool) {
	switch part {
	case "2006":
		p.year, rest, ok = digits(s, 4, 4)
	case "06":
		p.year, rest, ok = digits(s, 2, 2)
		if p.year >= 69 {
			p.year += 1900
		} else {
			p.year += 2000
		}
	case "January":
		p.month, rest, ok = lookup(monthNames[:], 0, s)
		p.month++
	case "Jan":
		p.month, rest, ok = lookup(monthNames[:], 3, s)
		p.month++
	case "1", "01":
		p.month, rest, ok = digits(s, len(part), 2)
		if ok && (p.month <= 0 || p.month > 12) {
			outOfRange = "month"
		}
	case "Monday":
		_, rest, ok = lookup(dayNames[:], 0, s)
	case "Mon":
		_, rest, ok = lookup(dayNames[:], 3, s)
	case "2", "_2", "02":
		if part == "_2" && s != "" && s[0] == ' ' {
			s = s[1:]
		}
		min := 1
		if part == "02" {
			min = 2
		}
		p.day, rest, ok = digits(s, min, 2)
	case "002", "__2":
		for part == "__2" && s != "" && s[0] == ' ' {
			s = s[1:]
		}
		p.yday, rest, ok = digits(s, 1, 3)
	case "15":
		p.hour, rest, ok = digits(s, 1, 2)
		if p.hour > 23 {
			outOfRange = "hour"
		}
	case "3", "03":
		p.hour, rest, ok = digits(s, len(part), 2)
		if p.hour > 12 {
			outOfRange = "hour"
		}
	case "4", "04":
		p.min, rest, ok = digits(s, len(part), 2)
		if p.min > 59 {
			outOfRange = "minute"
		}
	case "5", "05":
		p.sec, rest, ok = digits(s, len(part), 2)
		if p.sec > 59 {
			outOfRange = "second"
		}
	case "PM", "pm":
		ok = len(s) >= 2 && s[1]|0x20 == 'm' && (s[0]|0x20 == 'p' || s[0]|0x20 == 'a')
		if ok {
			p.pmSet = true
			p.pm = s[0]|0x20 == 'p'
			rest = s[2:]
		}
	case "MST":
		n := 0
		for n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
			n++
		}
		ok = n >= 3
		if ok {
			p.zone, rest = s[:n], s[n:]
		}
	default:
		if part[0] == '.' || part[0] == ',' {
			rest, ok = p.takeFraction(part, s)
		} else {
			rest, ok = p.takeOffset(part, s)
		}
	}
	return rest, outOfRange, ok
}

func (p *parsed) takeFraction(part, s string) (rest string, ok bool) {
	n := 1
	for isDigitAt(s, n) {
		n++
	}
	if len(s) == 0 || s[0] != '.' && s[0] != ',' || n == 1 {
		return s, part[1] == '9'
	}
	if part[1] == '0' && n != len(part) {
		return s, false
	}
	p.setFraction(s[1:n])
	return s[n:], true
}

func (p *parsed) setFraction(text string) {
	p.nsec = 0
	for i := 0; i < 9; i++ {
		p.nsec *= 10
		if i < len(text) {
			p.nsec += int(text[i] - '0')
		}
	}
}

func (p *parsed) takeOffset(part, s string) (rest string, ok bool) {
	if part[0] == 'Z' && s != "" && s[0] == 'Z' {
		p.offsetSet = true
		p.zone = "UTC"
		return s[1:], true
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return s, false
	}
	negative := s[0] == '-'
	s = s[1:]
	var values [3]int
	count := 0
	for i := 1; i < len(part); {
		if part[i] == ':' {
			if s == "" || s[0] != ':' {
				return s, false
			}
			s = s[1:]
			i++
			continue
		}
		values[count], s, ok = digits(s, 2, 2)
		if !ok {
			return s, false
		}
		count++
		i += 2
	}
	p.offset = values[0]*3600 + values[1]*60 + values[2]
	if negative {
		p.offset = -p.offset
	}
	p.offsetSet = true
	return s, true
}

func Parse(layout, value string) (Time, error) { return ParseInLocation(layout, value, UTC) }

func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	whole, text := layout, value
	p := &parsed{year: 0, month: -1, day: -1, yday: -1}
	yearSet := false
	for {
		before, part, after := nextPart(layout)
		if !hasPrefix(value, before) {
			n := 0
			for n < len(before) && n < len(value) && before[n] == value[n] {
				n++
			}
			return Time{}, &ParseError{whole, text, before, value[n:], ""}
		}
		value = value[len(before):]
		if part == "" {
			if value != "" {
				return Time{}, &ParseError{whole, text, "", value, ": extra text: " + quote(value)}
			}
			break
		}
		layout = after
		rest, outOfRange, ok := p.take(part, value)
		if !ok {
			return Time{}, &ParseError{whole, text, part, value, ""}
		}
		if outOfRange != "" {
			return Time{}, &ParseError{whole, text, part, value, ": " + outOfRange + " out of range"}
		}
		value = rest
		if part == "2006" || part == "06" {
			yearSet = true
		}
		// Fractional seconds are accepted after seconds even if the layout has none.
		if (part == "5" || part == "05") && len(value) >= 2 && value[0] == '.' && isDigitAt(value, 1) {
			if _, next, _ := nextPart(layout); next == "" || next[0] != '.' || layout[0] != '.' {
				value, _ = p.takeFraction(".9", value)
			}
		}
	}
	_ = yearSet
	if p.pmSet {
		if p.pm && p.hour < 12 {
			p.hour += 12
		} else if !p.pm && p.hour == 12 {
			p.hour = 0
		}
	}
	if p.yday >= 0 && p.month < 0 {
		p.month, p.day = 1, p.yday
	} else {
		if p.month < 0 {
			p.month = 1
		}
		if p.day < 0 {
			p.day = 1
		}
		if p.day < 1 || p.day > daysIn(Month(p.month), p.year) {
			return Time{}, &ParseError{whole, text, "", value, ": day out of range"}
		}
	}
	t := Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nsec, UTC)
	if p.offsetSet {
		t = t.Add(-Duration(p.offset) * Second)
		if p.offset == 0 && (p.zone == "UTC" || p.zone == "") {
			if p.zone == "" && loc != UTC {
				return t.In(loc), nil
			}
			return t, nil
		}
		return t.In(FixedZone(p.zone, p.offset)), nil
	}
	if p.zone != "" && p.zone != "UTC" {
		return t.In(FixedZone(p.zone, 0)), nil
	}
	if p.zone == "UTC" {
		return t, nil
	}
	return t.Add(-Duration(loc.get().offset) * Second).In(loc), nil
}

func daysIn(m Month, year int) int {
	switch m {
	case April, June, September, November:
		return 30
	case February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

var unitSizes = map[string]uint64{
	"ns": uint64(Nanosecond),
	"us": uint64(Microsecond),
	"µs": uint64(Microsecond),
	"μs": uint64(Microsecond),
	"ms": uint64(Millisecond),
	"s":  uint64(Second),
	"m":  uint64(Minute),
	"h":  uint64(Hour),
}

func ParseDuration(s string) (Duration, error) {
	whole := s
	invalid := func() (Duration, error) {
		return 0, errors.New("time: invalid duration " + quote(whole))
	}
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return invalid()
	}
	var sum uint64
	for s != "" {
		if s[0] != '.' && !isDigitAt(s, 0) {
			return invalid()
		}
		var v uint64
		i := 0
		for ; isDigitAt(s, i); i++ {
			if v > 1<<63/10 {
				return invalid()
			}
			v = v*10 + uint64(s[i]-'0')
			if v > 1<<63 {
				return invalid()
			}
		}
		some := i > 0
		var f uint64
		scale := 1.0
		if i < len(s) && s[i] == '.' {
			i++
			overflow := false
			for ; isDigitAt(s, i); i++ {
				some = true
				if overflow || f > (1<<63-1)/10 {
					overflow = true
					continue
				}
				f = f*10 + uint64(s[i]-'0')
				scale *= 10
			}
		}
		if !some {
			return invalid()
		}
		s = s[i:]
		i = 0
		for i < len(s) && s[i] != '.' && !isDigitAt(s, i) {
			i++
		}
		if i == 0 {
			return 0, errors.New("time: missing unit in duration " + quote(whole))
		}
		unit, ok := unitSizes[s[:i]]
		if !ok {
			return 0, errors.New("time: unknown unit " + quote(s[:i]) + " in duration " + quote(whole))
		}
		s = s[i:]
		if v > 1<<63/unit {
			return invalid()
		}
		v *= unit
		if f > 0 {
			v += uint64(float64(f) * (float64(unit) / scale))
			if v > 1<<63 {
				return invalid()
			}
		}
		sum += v
		if sum > 1<<63 {
			return invalid()
		}
	}
	if negative {
		return -Duration(sum), nil
	}
	if sum > 1<<63-1 {
		return invalid()
	}
	return Duration(sum), nil
}
