// SPDX-License-Identifier: Apache-2.0
// Writing and reading times after a layout, and reading durations.
package time

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
		loc = "time.Location(" + quote(t.loc.name) + ")"
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
		return offsetText("-0700", offset)
	}
	if part[0] == '.' || part[0] == ',' {
		return t.fraction(part)
	}
	_, offset := t.Zone()
	return offsetText(part, offset)
}

// offsetText writes an offset after a part like "-0700" or "Z07:00".
func offsetText(part string, offset int) string {
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
