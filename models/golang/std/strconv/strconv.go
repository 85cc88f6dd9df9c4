// SPDX-License-Identifier: Apache-2.0
// Package strconv: numbers, booleans and quoted strings to text and back.
package strconv

import "errors"

const IntSize = 64

var ErrRange = errors.New("value out of range")
var ErrSyntax = errors.New("invalid syntax")

// A NumError records a failed conversion.
type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": " + "parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

func syntaxError(fn, s string) *NumError { return &NumError{fn, s, ErrSyntax} }
func rangeError(fn, s string) *NumError  { return &NumError{fn, s, ErrRange} }

func formatInt(i int64, base int) string
func formatUint(i uint64, base int) string
func formatFloat(f float64, format byte, prec, bitSize int) string

// parseFloat returns how many bytes of s are a number (0: none), and whether the number is out of range.
func parseFloat(s string, bitSize int) (f float64, n int, outOfRange bool)

func quote(s string, mark byte, asciiOnly, graphicOnly bool) string

func FormatInt(i int64, base int) string {
	checkBase(base)
	return formatInt(i, base)
}

func FormatUint(i uint64, base int) string {
	checkBase(base)
	return formatUint(i, base)
}

func checkBase(base int) {
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
}

func Itoa(i int) string { return formatInt(int64(i), 10) }

func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	if bitSize != 32 && bitSize != 64 {
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	return formatFloat(f, fmt, prec, bitSize)
}

func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	bitSize >>= 1
	im := FormatFloat(imag(c), fmt, prec, bitSize)
	if im[0] != '+' && im[0] != '-' {
		im = "+" + im
	}
	return "(" + FormatFloat(real(c), fmt, prec, bitSize) + im + "i)"
}

func AppendInt(dst []byte, i int64, base int) []byte   { return append(dst, FormatInt(i, base)...) }
func AppendUint(dst []byte, i uint64, base int) []byte { return append(dst, FormatUint(i, base)...) }
func AppendBool(dst []byte, b bool) []byte             { return append(dst, FormatBool(b)...) }
func AppendQuote(dst []byte, s string) []byte          { return append(dst, Quote(s)...) }
func AppendQuoteToASCII(dst []byte, s string) []byte   { return append(dst, QuoteToASCII(s)...) }
func AppendQuoteRune(dst []byte, r rune) []byte        { return append(dst, QuoteRune(r)...) }
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	return append(dst, FormatFloat(f, fmt, prec, bitSize)...)
}

func AppendQuoteToGraphic(dst []byte, s string) []byte { return append(dst, QuoteToGraphic(s)...) }
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return append(dst, QuoteRuneToASCII(r)...) }
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	return append(dst, QuoteRuneToGraphic(r)...)
}

func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, syntaxError("ParseBool", str)
}

func Atoi(s string) (int, error) {
	n, err := parseInt(s, 10, 64, "Atoi")
	return int(n), err
}

func ParseInt(s string, base int, bitSize int) (i int64, err error) {
	return parseInt(s, base, bitSize, "ParseInt")
}

func ParseUint(s string, base int, bitSize int) (uint64, error) {
	return parseUint(s, s, base, bitSize, "ParseUint")
}

func parseInt(s string, base int, bitSize int, fn string) (int64, error) {
	if s == "" {
		return 0, syntaxError(fn, s)
	}
	digits := s
	neg := s[0] == '-'
	if neg || s[0] == '+' {
		digits = s[1:]
	}
	u, err := parseUint(digits, s, base, bitSize, fn)
	if err != nil && err.(*NumError).Err != ErrRange {
		return 0, err
	}
	if bitSize == 0 {
		bitSize = 64
	}
	limit := uint64(1) << uint(bitSize-1)
	if !neg && u >= limit {
		return int64(limit - 1), rangeError(fn, s)
	}
	if neg && u > limit {
		return -int64(limit), rangeError(fn, s)
	}
	if neg {
		return -int64(u), nil
	}
	return int64(u), nil
}

// parseUint reads s; errors name whole, of which s is the part after the sign.
func parseUint(s, whole string, base int, bitSize int, fn string) (uint64, error) {
	if s == "" {
		return 0, syntaxError(fn, whole)
	}
	base0 := base == 0
	rest := s
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base = 10
		if s[0] == '0' {
			switch {
			case len(s) >= 3 && (s[1] == 'b' || s[1] == 'B'):
				base, rest = 2, s[2:]
			case len(s) >= 3 && (s[1] == 'o' || s[1] == 'O'):
				base, rest = 8, s[2:]
			case len(s) >= 3 && (s[1] == 'x' || s[1] == 'X'):
				base, rest = 16, s[2:]
			default:
				base, rest = 8, s[1:]
			}
		}
	default:
		return 0, &NumError{fn, whole, errors.New("invalid base " + Itoa(base))}
	}
	if bitSize == 0 {
		bitSize = 64
	} else if bitSize < 0 || bitSize > 64 {
		return 0, &NumError{fn, whole, errors.New("invalid bit size " + Itoa(bitSize))}
	}
	max := ^uint64(0) >> uint(64-bitSize)
	cutoff := ^uint64(0)/uint64(base) + 1
	underscores := false
	var n uint64
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		var d int
		switch {
		case c == '_' && base0:
			underscores = true
			continue
		case '0' <= c && c <= '9':
			d = int(c - '0')
		case 'a' <= c && c <= 'z':
			d = int(c-'a') + 10
		case 'A' <= c && c <= 'Z':
			d = int(c-'A') + 10
		default:
			return 0, syntaxError(fn, whole)
		}
		if d >= base {
			return 0, syntaxError(fn, whole)
		}
		if n >= cutoff {
			return max, rangeError(fn, whole)
		}
		n *= uint64(base)
		sum := n + uint64(d)
		if sum < n || sum > max {
			return max, rangeError(fn, whole)
		}
		n = sum
	}
	if underscores && !underscoresOK(s) {
		return 0, syntaxError(fn, whole)
	}
	return n, nil
}

// underscoresOK reports whether each underscore stands between digits, or between a base prefix and a digit.
func underscoresOK(s string) bool {
	last := byte('^')
	i := 0
	hex := false
	if len(s) >= 2 && s[0] == '0' {
		switch s[1] {
		case 'b', 'B', 'o', 'O', 'x', 'X':
			i = 2
			last = '0'
			hex = s[1] == 'x' || s[1] == 'X'
		}
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case '0' <= c && c <= '9' || hex && ('a' <= c|0x20 && c|0x20 <= 'f'):
			last = '0'
		case c == '_':
			if last != '0' {
				return false
			}
			last = '_'
		default:
			if last == '_' {
				return false
			}
			last = '!'
		}
	}
	return last != '_'
}

func ParseFloat(s string, bitSize int) (float64, error) {
	f, n, outOfRange := parseFloat(s, bitSize)
	if n == 0 || n != len(s) {
		return 0, syntaxError("ParseFloat", s)
	}
	if outOfRange {
		return f, rangeError("ParseFloat", s)
	}
	return f, nil
}

func ParseComplex(s string, bitSize int) (complex128, error) {
	const fn = "ParseComplex"
	size := 64
	if bitSize == 64 {
		size = 32
	}
	text := s
	if len(s) >= 2 && s[0] == '(' && s[len(s)-1] == ')' {
		text = s[1 : len(s)-1]
	}
	re, n, reRange := parseFloat(text, size)
	if n == 0 {
		return 0, syntaxError(fn, s)
	}
	text = text[n:]
	var im float64
	var imRange bool
	switch {
	case text == "":
		im = 0
	case text == "i":
		re, im, imRange = 0, re, reRange
	case text == "+i":
		im = 1
	case text == "-i":
		im = -1
	case text[0] == '+' || text[0] == '-':
		im, n, imRange = parseFloat(text, size)
		if n == 0 || text[n:] != "i" {
			return 0, syntaxError(fn, s)
		}
	default:
		return 0, syntaxError(fn, s)
	}
	if reRange || imRange {
		return complex(re, im), rangeError(fn, s)
	}
	return complex(re, im), nil
}

func Quote(s string) string            { return quote(s, '"', false, false) }
func QuoteToASCII(s string) string     { return quote(s, '"', true, false) }
func QuoteToGraphic(s string) string   { return quote(s, '"', false, true) }
func QuoteRune(r rune) string          { return quote(string(r), '\'', false, false) }
func QuoteRuneToASCII(r rune) string   { return quote(string(r), '\'', true, false) }
func QuoteRuneToGraphic(r rune) string { return quote(string(r), '\'', false, true) }

func IsPrint(r rune) bool
func IsGraphic(r rune) bool

func CanBackquote(s string) bool {
	for _, r := range s {
		if r == '\uFEFF' || r == '\uFFFD' || r < ' ' && r != '\t' || r == '`' || r == '\u007F' {
			return false
		}
	}
	return true
}

func unhex(b byte) (v rune, ok bool) {
	switch {
	case '0' <= b && b <= '9':
		return rune(b - '0'), true
	case 'a' <= b && b <= 'f':
		return rune(b-'a') + 10, true
	case 'A' <= b && b <= 'F':
		return rune(b-'A') + 10, true
	}
	return 0, false
}

// decode returns the first rune of s (not empty) and its size.
func decode(s string) (rune, int) {
	first := rune(-1)
	for i, r := range s {
		if first >= 0 {
			return first, i
		}
		first = r
	}
	return first, len(s)
}

func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if len(s) == 0 {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	if c == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if c >= 0x80 {
		r, size := decode(s)
		return r, true, s[size:], nil
	}
	if c != '\\' {
		return rune(c), false, s[1:], nil
	}
	if len(s) <= 1 {
		return 0, false, "", ErrSyntax
	}
	c = s[1]
	s = s[2:]
	switch c {
	case 'a':
		value = '\a'
	case 'b':
		value = '\b'
	case 'f':
		value = '\f'
	case 'n':
		value = '\n'
	case 'r':
		value = '\r'
	case 't':
		value = '\t'
	case 'v':
		value = '\v'
	case 'x', 'u', 'U':
		n := 2
		if c == 'u' {
			n = 4
		} else if c == 'U' {
			n = 8
		}
		if len(s) < n {
			return 0, false, "", ErrSyntax
		}
		for j := 0; j < n; j++ {
			x, ok := unhex(s[j])
			if !ok {
				return 0, false, "", ErrSyntax
			}
			value = value<<4 | x
		}
		s = s[n:]
		if c == 'x' {
			break
		}
		if value < 0 || value > 0x10FFFF || value >= 0xD800 && value <= 0xDFFF {
			return 0, false, "", ErrSyntax
		}
		multibyte = true
	case '0', '1', '2', '3', '4', '5', '6', '7':
		value = rune(c) - '0'
		if len(s) < 2 {
			return 0, false, "", ErrSyntax
		}
		for j := 0; j < 2; j++ {
			x := rune(s[j]) - '0'
			if x < 0 || x > 7 {
				return 0, false, "", ErrSyntax
			}
			value = value<<3 | x
		}
		s = s[2:]
		if value > 255 {
			return 0, false, "", ErrSyntax
		}
	case '\\':
		value = '\\'
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		value = rune(c)
	default:
		return 0, false, "", ErrSyntax
	}
	return value, multibyte, s, nil
}

func Unquote(s string) (string, error) {
	n := len(s)
	if n < 2 || s[0] != s[n-1] {
		return "", ErrSyntax
	}
	mark := s[0]
	body := s[1 : n-1]
	if mark == '`' {
		var raw []byte
		for i := 0; i < len(body); i++ {
			if body[i] == '`' {
				return "", ErrSyntax
			}
			if body[i] != '\r' {
				raw = append(raw, body[i])
			}
		}
		return string(raw), nil
	}
	if mark != '"' && mark != '\'' {
		return "", ErrSyntax
	}
	var out []byte
	count := 0
	for len(body) > 0 {
		if body[0] == '\n' {
			return "", ErrSyntax
		}
		r, multibyte, rest, err := UnquoteChar(body, mark)
		if err != nil {
			return "", err
		}
		body = rest
		if r < 0x80 || !multibyte {
			out = append(out, byte(r))
		} else {
			out = append(out, string(r)...)
		}
		count++
	}
	// gc's library takes a pair of single quotes without a rune for the empty string.
	if mark == '\'' && count > 1 {
		return "", ErrSyntax
	}
	return string(out), nil
}
