// SPDX-License-Identifier: Apache-2.0
// Package utf8: encoding of runes as bytes, after RFC 3629.
package utf8

const (
	RuneError = '\uFFFD'
	RuneSelf  = 0x80
	MaxRune   = '\U0010FFFF'
	UTFMax    = 4
)

func FullRune(p []byte) bool { return FullRuneInString(prefix(p)) }

// FullRuneInString reports whether s begins with a whole rune; an invalid encoding is a whole rune of width 1.
func FullRuneInString(s string) bool {
	if len(s) == 0 {
		return false
	}
	need, low, high := lead(s[0])
	if len(s) >= need {
		return true
	}
	if len(s) > 1 && (s[1] < low || s[1] > high) {
		return true
	}
	return len(s) > 2 && s[2]&0xC0 != 0x80
}

// lead returns the length of the encoding that begins with c, and the range of its second byte; 1 if c begins none.
func lead(c byte) (size int, low, high byte) {
	switch {
	case c < 0xC2:
		return 1, 0, 0
	case c < 0xE0:
		return 2, 0x80, 0xBF
	case c == 0xE0:
		return 3, 0xA0, 0xBF
	case c == 0xED:
		return 3, 0x80, 0x9F
	case c < 0xF0:
		return 3, 0x80, 0xBF
	case c == 0xF0:
		return 4, 0x90, 0xBF
	case c < 0xF4:
		return 4, 0x80, 0xBF
	case c == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 1, 0, 0
}

func prefix(p []byte) string {
	if len(p) > UTFMax {
		p = p[:UTFMax]
	}
	return string(p)
}

func suffix(p []byte) string {
	if len(p) > UTFMax {
		p = p[len(p)-UTFMax:]
	}
	return string(p)
}

func DecodeRune(p []byte) (rune, int) { return DecodeRuneInString(prefix(p)) }

func DecodeRuneInString(s string) (rune, int) {
	if len(s) == 0 {
		return RuneError, 0
	}
	c := s[0]
	if c < RuneSelf {
		return rune(c), 1
	}
	size, low, high := lead(c)
	if size == 1 || len(s) < size || s[1] < low || s[1] > high {
		return RuneError, 1
	}
	if size == 2 {
		return rune(c&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if s[2]&0xC0 != 0x80 {
		return RuneError, 1
	}
	if size == 3 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	if s[3]&0xC0 != 0x80 {
		return RuneError, 1
	}
	return rune(c&0x07)<<18 | rune(s[1]&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F), 4
}

func DecodeLastRune(p []byte) (rune, int) { return DecodeLastRuneInString(suffix(p)) }

func DecodeLastRuneInString(s string) (rune, int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	for start := end - 1; start >= 0 && start >= end-UTFMax; start-- {
		if RuneStart(s[start]) {
			r, size := DecodeRuneInString(s[start:])
			if start+size == end {
				return r, size
			}
			break
		}
	}
	return RuneError, 1
}

func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r >= 0xD800 && r <= 0xDFFF:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

func EncodeRune(p []byte, r rune) int {
	return copyAll(p, string(r))
}

func copyAll(p []byte, s string) int {
	_ = p[len(s)-1]
	return copy(p, s)
}

func AppendRune(p []byte, r rune) []byte { return append(p, string(r)...) }

func RuneCount(p []byte) int { return RuneCountInString(string(p)) }

func RuneCountInString(s string) (n int)

func RuneStart(b byte) bool { return b&0xC0 != 0x80 }

func Valid(p []byte) bool { return ValidString(string(p)) }

func ValidString(s string) bool

func ValidRune(r rune) bool {
	return 0 <= r && r < 0xD800 || 0xDFFF < r && r <= MaxRune
}
