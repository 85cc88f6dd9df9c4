// SPDX-License-Identifier: Apache-2.0
// The rule at the end of a zone file: a POSIX TZ string, as "PST8PDT,M3.2.0,M11.1.0".
package time

// A change is the moment in a year at which a zone begins: seconds after midnight of a day that is counted as
// its kind says.
type change struct {
	kind             byte // 'J': day 1 to 365 without leap days; 'D': day 0 to 365; 'M': a weekday of a month
	day, week, month int
	seconds          int
}

// spanOfRule is what the rule says of a time after last, the last transition of the file.
func spanOfRule(rule string, last, sec int64) (span, bool) {
	name, rest, ok := ruleName(rule)
	if !ok {
		return span{}, false
	}
	offset, rest, ok := ruleOffset(rest)
	if !ok {
		return span{}, false
	}
	standard := zone{name, -offset, false}
	if rest == "" || rest[0] == ',' {
		return span{standard, last, endOfTime}, true
	}
	summer := zone{offset: standard.offset + secondsPerHour, isDST: true}
	if summer.name, rest, ok = ruleName(rest); !ok {
		return span{}, false
	}
	if rest != "" && rest[0] != ',' {
		if offset, rest, ok = ruleOffset(rest); !ok {
			return span{}, false
		}
		summer.offset = -offset
	}
	if rest == "" {
		rest = ",M3.2.0,M11.1.0"
	}
	if rest[0] != ',' && rest[0] != ';' {
		return span{}, false
	}
	begin, rest, ok := ruleChange(rest[1:])
	if !ok || rest == "" || rest[0] != ',' {
		return span{}, false
	}
	end, rest, ok := ruleChange(rest[1:])
	if !ok || rest != "" {
		return span{}, false
	}
	return spanInYear(sec, standard, summer, begin, end), true
}

// spanInYear looks within the year of sec, in UTC: beyond its changes a span is cut at the ends of the year.
func spanInYear(sec int64, standard, summer zone, begin, end change) span {
	days, _ := split(sec + unixToInternal)
	year, _, _, yday := civil(days)
	yearStart := (days-int64(yday-1))*secondsPerDay - unixToInternal
	length := int64(365 * secondsPerDay)
	if isLeap(year) {
		length += secondsPerDay
	}
	first := yearStart + begin.inYear(year) - int64(standard.offset)
	second := yearStart + end.inYear(year) - int64(summer.offset)
	if second < first {
		first, second = second, first
		standard, summer = summer, standard
	}
	switch {
	case sec < first:
		return span{standard, yearStart, first}
	case sec >= second:
		return span{standard, second, yearStart + length}
	}
	return span{summer, first, second}
}

// inYear is the time of the change on the clock, in seconds after the beginning of the year.
func (c change) inYear(year int) int64 {
	day := c.day
	switch c.kind {
	case 'J':
		day--
		if isLeap(year) && c.day >= 60 {
			day++
		}
	case 'M':
		january := daysFromCivil(int64(year), 1, 1)
		first := daysFromCivil(int64(year), int64(c.month), 1)
		// The first of March of year 0 was a Wednesday.
		weekday := int((first%7 + 7 + 3) % 7)
		inMonth := (c.day-weekday+7)%7 + 7*(c.week-1)
		for inMonth >= daysIn(Month(c.month), year) {
			inMonth -= 7
		}
		day = int(first-january) + inMonth
	}
	return int64(day)*secondsPerDay + int64(c.seconds)
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// ruleName takes an abbreviation: three letters or more, or anything between angle brackets.
func ruleName(s string) (name, rest string, ok bool) {
	if s != "" && s[0] == '<' {
		for i := 1; i < len(s); i++ {
			if s[i] == '>' {
				return s[1:i], s[i+1:], true
			}
		}
		return "", "", false
	}
	n := 0
	for n < len(s) && s[n] != ',' && s[n] != '-' && s[n] != '+' && !isDigitAt(s, n) {
		n++
	}
	return s[:n], s[n:], n >= 3
}

// ruleOffset takes [+-]hh[:mm[:ss]] as seconds; the hours may reach beyond a week.
func ruleOffset(s string) (offset int, rest string, ok bool) {
	sign := 1
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	limit, unit := 24*7, secondsPerHour
	for part := 0; part < 3; part++ {
		n := 0
		if n, s, ok = ruleNumber(s, 0, limit); !ok {
			return 0, "", false
		}
		offset += n * unit
		if s == "" || s[0] != ':' || part == 2 {
			break
		}
		s = s[1:]
		limit, unit = 59, unit/60
	}
	return sign * offset, s, true
}

func ruleNumber(s string, min, max int) (n int, rest string, ok bool) {
	i := 0
	for ; isDigitAt(s, i); i++ {
		n = n*10 + int(s[i]-'0')
		if n > max {
			return 0, "", false
		}
	}
	return n, s[i:], i > 0 && n >= min
}

// ruleChange takes Jn, n or Mm.w.d, and the time of the day after a slash.
func ruleChange(s string) (c change, rest string, ok bool) {
	if s == "" {
		return c, "", false
	}
	switch {
	case s[0] == 'J':
		c.kind = 'J'
		c.day, s, ok = ruleNumber(s[1:], 1, 365)
	case s[0] == 'M':
		c.kind = 'M'
		if c.month, s, ok = ruleNumber(s[1:], 1, 12); !ok || s == "" || s[0] != '.' {
			return c, "", false
		}
		if c.week, s, ok = ruleNumber(s[1:], 1, 5); !ok || s == "" || s[0] != '.' {
			return c, "", false
		}
		c.day, s, ok = ruleNumber(s[1:], 0, 6)
	default:
		c.kind = 'D'
		c.day, s, ok = ruleNumber(s, 0, 365)
	}
	if !ok {
		return c, "", false
	}
	c.seconds = 2 * secondsPerHour
	if s != "" && s[0] == '/' {
		c.seconds, s, ok = ruleOffset(s[1:])
	}
	return c, s, ok
}
