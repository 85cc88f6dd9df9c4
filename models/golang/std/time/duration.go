// SPDX-License-Identifier: Apache-2.0
// Reading durations.
package time

import "errors"

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
