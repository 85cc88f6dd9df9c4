// SPDX-License-Identifier: Apache-2.0
// Reading times after a layout.
package time

// A ParseError describes a text that does not fit its layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

// quote writes s as a Go string, byte by byte: what is not printable ASCII as \x and two digits.
func quote(s string) string {
	const hex = "0123456789abcdef"
	out := []byte{'"'}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80 || c < ' ':
			out = append(out, '\\', 'x', hex[c>>4], hex[c&15])
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		default:
			out = append(out, c)
		}
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
	if i < min {
		return 0, s, false
	}
	return n, s[i:], true
}

func lowerEqual(a, b string) bool {
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] && (a[i]|0x20 != b[i]|0x20 || a[i]|0x20 < 'a' || a[i]|0x20 > 'z') {
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
	return -1, s, false
}

// parsed collects what a text says; what it does not name is -1, if 0 could be meant.
type parsed struct {
	year, month, day, yday int
	hour, min, sec, nsec   int
	pm, pmSet              bool
	offset                 int
	offsetSet, isUTC       bool
	zone                   string
}

// take reads one part from s; outOfRange names what was too big.
func (p *parsed) take(part, s string) (rest string, outOfRange string, ok bool) {
	bounded := func(field *int, min int, low, high int, what string) {
		if *field, rest, ok = digits(s, min, 2); ok && (*field < low || *field > high) {
			outOfRange = what
		}
	}
	fixed := len(part)
	switch part {
	case "2006":
		p.year, rest, ok = digits(s, 4, 4)
	case "06":
		if p.year, rest, ok = digits(s, 2, 2); p.year >= 69 {
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
		bounded(&p.month, fixed, 1, 12, "month")
	case "Monday":
		_, rest, ok = lookup(dayNames[:], 0, s)
	case "Mon":
		_, rest, ok = lookup(dayNames[:], 3, s)
	case "2", "_2", "02":
		if part == "_2" && s != "" && s[0] == ' ' {
			s = s[1:]
		}
		if part == "_2" {
			fixed = 1
		}
		p.day, rest, ok = digits(s, fixed, 2)
	case "002", "__2":
		min := 3
		if part == "__2" {
			min = 1
			for i := 0; i < 2 && s != "" && s[0] == ' '; i++ {
				s = s[1:]
			}
		}
		p.yday, rest, ok = digits(s, min, 3)
	case "15":
		bounded(&p.hour, 1, 0, 23, "hour")
	case "3", "03":
		bounded(&p.hour, fixed, 0, 12, "hour")
	case "4", "04":
		bounded(&p.min, fixed, 0, 59, "minute")
	case "5", "05":
		bounded(&p.sec, fixed, 0, 59, "second")
	case "PM", "pm":
		if len(s) >= 2 && s[1] == part[1] && (s[0] == part[0] || s[0] == part[0]-'P'+'A') {
			p.pmSet, p.pm = true, s[0] == part[0]
			rest, ok = s[2:], true
		}
	case "MST":
		rest, ok = p.takeZone(s)
	default:
		if part[0] == '.' || part[0] == ',' {
			if rest, ok = p.takeFraction(part, s); !ok && isNegativeFraction(part, s) {
				return s[len(part):], "fractional second", true
			}
		} else {
			return p.takeOffset(part, s)
		}
	}
	return rest, outOfRange, ok
}

func (p *parsed) takeFraction(part, s string) (rest string, ok bool) {
	n := 1
	for isDigitAt(s, n) {
		n++
	}
	starts := s != "" && (s[0] == '.' || s[0] == ',') && n > 1
	if part[1] == '9' {
		if !starts {
			return s, true
		}
	} else if !starts || n < len(part) {
		return s, false
	} else {
		n = len(part)
	}
	p.setFraction(s[1:n])
	return s[n:], true
}

// isNegativeFraction says whether s has the length of the fraction, and a minus sign instead of its first digit.
func isNegativeFraction(part, s string) bool {
	if len(s) < len(part) || s[0] != '.' && s[0] != ',' || s[1] != '-' {
		return false
	}
	_, rest, ok := digits(s[2:len(part)], 1, len(part))
	return ok && rest == ""
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

func (p *parsed) takeOffset(part, s string) (rest, outOfRange string, ok bool) {
	if part[0] == 'Z' && s != "" && s[0] == 'Z' {
		p.isUTC = true
		return s[1:], "", true
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return s, "", false
	}
	negative := s[0] == '-'
	s = s[1:]
	var values [3]int
	count := 0
	for i := 1; i < len(part); {
		if part[i] == ':' {
			if s == "" || s[0] != ':' {
				return s, "", false
			}
			s = s[1:]
			i++
			continue
		}
		if values[count], s, ok = digits(s, 2, 2); !ok {
			return s, "", false
		}
		count++
		i += 2
	}
	switch {
	case values[0] > 24:
		outOfRange = "time zone offset hour"
	case values[1] > 60:
		outOfRange = "time zone offset minute"
	case values[2] > 60:
		outOfRange = "time zone offset second"
	}
	p.offset = values[0]*secondsPerHour + values[1]*60 + values[2]
	if negative {
		p.offset = -p.offset
	}
	p.offsetSet = true
	return s, outOfRange, true
}

// takeZone reads the abbreviation of a zone.
func (p *parsed) takeZone(s string) (rest string, ok bool) {
	if hasPrefix(s, "UTC") {
		p.isUTC = true
		return s[3:], true
	}
	n := zoneLength(s)
	if n == 0 {
		return s, false
	}
	p.zone = s[:n]
	return s[n:], true
}

// zoneLength is the length of the abbreviation that s begins with; 0 if it begins with none. Abbreviations have three
// capitals, or four or five that end in T; some have a form of their own.
func zoneLength(s string) int {
	if len(s) < 3 {
		return 0
	}
	if hasPrefix(s, "ChST") || hasPrefix(s, "MeST") {
		return 4
	}
	if hasPrefix(s, "GMT") {
		if n := hoursLength(s[3:]); n > 0 {
			return 3 + n
		}
		return 3
	}
	if s[0] == '+' || s[0] == '-' {
		return hoursLength(s)
	}
	n := 0
	for n < 6 && n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	if n == 3 || n == 4 && (s[3] == 'T' || s[:4] == "WITA") || n == 5 && s[4] == 'T' {
		return n
	}
	return 0
}

// hoursLength is the length of a number of hours with a sign, from -23 to +23.
func hoursLength(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	hours, rest, ok := digits(s[1:], 1, len(s))
	if !ok || hours > 23 {
		return 0
	}
	return len(s) - len(rest)
}

// skip takes from value what stands before a part of a layout; a space stands for any number of them.
func skip(value, before string) (rest string, ok bool) {
	for before != "" {
		if before[0] == ' ' {
			if value != "" && value[0] != ' ' {
				return value, false
			}
			before, value = withoutSpaces(before), withoutSpaces(value)
			continue
		}
		if value == "" || value[0] != before[0] {
			return value, false
		}
		before, value = before[1:], value[1:]
	}
	return value, true
}

func withoutSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// Parse reads a time; without a zone in the text it is in UTC.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation reads a time; without a zone in the text, and to understand abbreviations, loc is taken.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

func parse(layout, value string, standard, local *Location) (Time, error) {
	whole, text := layout, value
	p := &parsed{month: -1, day: -1, yday: -1}
	for {
		before, part, after := nextPart(layout)
		rest, ok := skip(value, before)
		if !ok {
			return Time{}, &ParseError{whole, text, before, rest, ""}
		}
		value = rest
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
			return Time{}, &ParseError{whole, text, part, rest, ": " + outOfRange + " out of range"}
		}
		value = rest
		// A fraction is read after seconds even if the layout has none there.
		hasFraction := len(value) >= 2 && (value[0] == '.' || value[0] == ',') && isDigitAt(value, 1)
		if (part == "5" || part == "05") && hasFraction {
			if _, next, _ := nextPart(layout); next == "" || next[0] != '.' && next[0] != ',' {
				value, _ = p.takeFraction(".9", value)
			}
		}
	}
	if wrong := p.complete(); wrong != "" {
		return Time{}, &ParseError{whole, text, "", value, ": " + wrong}
	}
	return p.time(standard, local), nil
}

// complete finds out the hour and the date, and says what is wrong with them.
func (p *parsed) complete() (wrong string) {
	if p.pmSet && p.pm && p.hour < 12 {
		p.hour += 12
	} else if p.pmSet && !p.pm && p.hour == 12 {
		p.hour = 0
	}
	if p.yday >= 0 {
		if p.yday < 1 || p.yday > 365 && !(p.yday == 366 && isLeap(p.year)) {
			return "day-of-year out of range"
		}
		_, month, day, _ := civil(daysFromCivil(int64(p.year), 1, 1) - marchToYearOne + int64(p.yday-1))
		if p.month >= 0 && p.month != int(month) {
			return "day-of-year does not match month"
		}
		if p.day >= 0 && p.day != day {
			return "day-of-year does not match day"
		}
		p.month, p.day = int(month), day
	}
	if p.month < 0 {
		p.month = 1
	}
	if p.day < 0 {
		p.day = 1
	}
	if p.day < 1 || p.day > daysIn(Month(p.month), p.year) {
		return "day out of range"
	}
	return ""
}

// time finds the location: the local one, where it knows the offset or the abbreviation.
func (p *parsed) time(standard, local *Location) Time {
	in := func(loc *Location) Time {
		return Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nsec, loc)
	}
	if p.isUTC {
		return in(UTC)
	}
	if p.offsetSet {
		t := in(UTC).Add(-Duration(p.offset) * Second)
		if found := local.at(t.Unix()); found.offset == p.offset && (p.zone == "" || found.name == p.zone) {
			return t.In(local)
		}
		return t.In(FixedZone(p.zone, p.offset))
	}
	if p.zone == "" {
		return in(standard)
	}
	t := in(UTC)
	if offset, ok := local.offsetOf(p.zone, t.Unix()); ok {
		return t.Add(-Duration(offset) * Second).In(local)
	}
	offset := 0
	if len(p.zone) > 3 && hasPrefix(p.zone, "GMT") {
		offset, _, _ = digits(p.zone[4:], 1, 2)
		offset *= secondsPerHour
		if p.zone[3] == '-' {
			offset = -offset
		}
	}
	// As in Go, the clock's time counts as UTC.
	return t.In(FixedZone(p.zone, offset))
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
