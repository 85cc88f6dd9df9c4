// SPDX-License-Identifier: Apache-2.0
// Scanning: values out of text, separated by space.
package fmt

import (
	"errors"
	"io"
	"os"
	"strconv"
)

// scanner reads runes from a reader, one byte at a time unless it can do better.
type scanner struct {
	r       io.Reader
	runes   io.RuneScanner
	peeked  bool
	last    rune
	err     error
	newline bool // a newline ends the input, as for Scanln
}

func newScanner(r io.Reader, newline bool) *scanner {
	s := &scanner{r: r, newline: newline}
	s.runes, _ = r.(io.RuneScanner)
	return s
}

const eof = -1

// next takes a rune, or eof.
func (s *scanner) next() rune {
	if s.peeked {
		s.peeked = false
		return s.last
	}
	s.last = s.read()
	return s.last
}

func (s *scanner) read() rune {
	if s.runes != nil {
		r, _, err := s.runes.ReadRune()
		if err != nil {
			if err != io.EOF {
				s.err = err
			}
			return eof
		}
		return r
	}
	var b [4]byte
	size := 1
	for i := 0; i < size; i++ {
		if n, err := s.r.Read(b[i : i+1]); n != 1 {
			if err != nil && err != io.EOF {
				s.err = err
			}
			return eof
		}
		if i == 0 {
			switch {
			case b[0] >= 0xF0:
				size = 4
			case b[0] >= 0xE0:
				size = 3
			case b[0] >= 0xC0:
				size = 2
			}
		}
	}
	for _, r := range string(b[:size]) {
		return r
	}
	return eof
}

func (s *scanner) back() { s.peeked = true }

// finish gives back what was read and not used, if the reader allows it.
func (s *scanner) finish() {
	if s.peeked && s.runes != nil && s.last != eof {
		s.runes.UnreadRune()
	}
}

func space(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0xA0
}

var errNewline = errors.New("unexpected newline")
var errComplex = errors.New("syntax error scanning complex number")

// skip passes over space, up to a newline if newlines end the input.
func (s *scanner) skip() error {
	for {
		r := s.next()
		switch {
		case r == eof:
			return nil
		case r == '\n' && s.newline:
			return errNewline
		case !space(r):
			s.back()
			return nil
		}
	}
}

func (s *scanner) word(width int) string {
	var out []byte
	for ; width != 0; width-- {
		r := s.next()
		if r == eof {
			break
		}
		if space(r) {
			s.back()
			break
		}
		out = append(out, string(r)...)
	}
	return string(out)
}

// accept takes runes as long as they are in set.
func (s *scanner) accept(set string, width int) string {
	var out []byte
	for ; width != 0; width-- {
		r := s.next()
		if r == eof || !containsRune(set, r) {
			if r != eof {
				s.back()
			}
			break
		}
		out = append(out, byte(r))
	}
	return string(out)
}

func containsRune(set string, r rune) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

// store puts the number or text into what arg points to: kinds that are not listed in scanOne.
func storeScanned(arg any, text string, base int) string

func (s *scanner) scanOne(arg any, verb rune, width int) error {
	if verb == 'c' {
		r := s.next()
		if r == eof {
			return io.ErrUnexpectedEOF
		}
		return stored(arg, strconv.Itoa(int(r)), 10)
	}
	if err := s.skip(); err != nil {
		return err
	}
	if r := s.next(); r == eof {
		if s.err != nil {
			return s.err
		}
		return io.ErrUnexpectedEOF
	}
	s.back()
	switch p := arg.(type) {
	case *string:
		if verb == 'q' {
			return s.quoted(p)
		}
		*p = s.word(width)
		return nil
	case *[]byte:
		*p = []byte(s.word(width))
		return nil
	case *bool:
		text := s.word(width)
		v, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("syntax error scanning boolean")
		}
		*p = v
		return nil
	case *float64, *float32:
		return stored(arg, s.float(width), 10)
	}
	text, base := s.integer(verb, width)
	if text == "" || text == "+" || text == "-" {
		return errors.New("expected integer")
	}
	return stored(arg, text, base)
}

// integer takes a sign and digits.
func (s *scanner) integer(verb rune, width int) (text string, base int) {
	base = 10
	digits := "0123456789_"
	switch verb {
	case 'x', 'X':
		base, digits = 16, "0123456789aAbBcCdDeEfF_"
	case 'o':
		base, digits = 8, "01234567_"
	case 'b':
		base, digits = 2, "01_"
	}
	text = s.one("+-", &width)
	if verb == 'v' {
		if zero := s.one("0", &width); zero != "" {
			text += zero
			base = 0
			digits = "01234567_"
			prefix := s.one("bBoOxX", &width)
			text += prefix
			switch prefix {
			case "b", "B":
				digits = "01_"
			case "x", "X":
				digits = "0123456789aAbBcCdDeEfF_"
			}
		}
	}
	return text + s.accept(digits, width), base
}

// float takes a sign, digits with a point, and an exponent; or a word like inf.
func (s *scanner) float(width int) string {
	text := s.one("+-", &width)
	if word := s.accept("nNaAiIfF", width); word != "" {
		return text + word
	}
	text += s.accept("0123456789_xX", width)
	text += s.one(".", &width)
	text += s.accept("0123456789_", width)
	if e := s.one("eEpP", &width); e != "" {
		text += e + s.one("+-", &width) + s.accept("0123456789_", width)
	}
	return text
}

// one takes a rune if it is in set.
func (s *scanner) one(set string, width *int) string {
	if *width == 0 {
		return ""
	}
	got := s.accept(set, 1)
	if got != "" && *width > 0 {
		*width--
	}
	return got
}

func (s *scanner) quoted(p *string) error {
	mark := s.next()
	if mark != '"' && mark != '`' {
		return errors.New("expected quoted string")
	}
	text := []byte(string(mark))
	for {
		r := s.next()
		if r == eof {
			return io.ErrUnexpectedEOF
		}
		text = append(text, string(r)...)
		if r == mark {
			break
		}
		if r == '\\' && mark == '"' {
			text = append(text, string(s.next())...)
		}
	}
	v, err := strconv.Unquote(string(text))
	*p = v
	return err
}

func stored(arg any, text string, base int) error {
	if problem := storeScanned(arg, text, base); problem != "" {
		return errors.New(problem)
	}
	return nil
}

func (s *scanner) scanAll(a []any) (n int, err error) {
	defer s.finish()
	for _, arg := range a {
		if err := s.scanOne(arg, 'v', -1); err != nil {
			if err == io.ErrUnexpectedEOF && n == 0 && s.err == nil {
				err = io.EOF
				if s.newline {
					err = errors.New("unexpected newline")
				}
			}
			if err == io.EOF && len(a) > 0 {
				err = io.ErrUnexpectedEOF
				if n == 0 {
					err = io.EOF
				}
			}
			return n, err
		}
		n++
	}
	if s.newline {
		for {
			r := s.next()
			if r == '\n' || r == eof {
				break
			}
			if !space(r) {
				return n, errors.New("expected newline")
			}
		}
	}
	return n, nil
}

func (s *scanner) scanFormat(format string, a []any) (n int, err error) {
	defer s.finish()
	runes := []rune(format)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		if c == '%' && i+1 < len(runes) && runes[i+1] != '%' {
			i++
			width := -1
			for i < len(runes) && '0' <= runes[i] && runes[i] <= '9' {
				if width < 0 {
					width = 0
				}
				width = width*10 + int(runes[i]-'0')
				i++
			}
			if i >= len(runes) {
				return n, errors.New("too few operands for format '%'")
			}
			if n >= len(a) {
				return n, errors.New("too few operands for format '%" + string(runes[i]) + "'")
			}
			if err := s.scanOne(a[n], runes[i], width); err != nil {
				if err == io.EOF {
					err = io.ErrUnexpectedEOF
				}
				return n, err
			}
			n++
			continue
		}
		if space(c) {
			for {
				r := s.next()
				if r == eof {
					break
				}
				if !space(r) {
					s.back()
					break
				}
			}
			continue
		}
		if c == '%' {
			i++
		}
		r := s.next()
		if r == eof {
			return n, io.ErrUnexpectedEOF
		}
		if r != c {
			s.back()
			return n, errors.New("input does not match format")
		}
	}
	if n < len(a) {
		return n, errors.New("too many operands")
	}
	return n, nil
}

// text is a reader of a string that can go back one rune.
type text struct {
	runes []rune
	at    int
}

func (t *text) Read(p []byte) (n int, err error) { return 0, io.EOF }

func (t *text) ReadRune() (r rune, size int, err error) {
	if t.at >= len(t.runes) {
		return 0, 0, io.EOF
	}
	t.at++
	return t.runes[t.at-1], 1, nil
}

func (t *text) UnreadRune() error {
	t.at--
	return nil
}

func Fscan(r io.Reader, a ...any) (n int, err error)   { return newScanner(r, false).scanAll(a) }
func Fscanln(r io.Reader, a ...any) (n int, err error) { return newScanner(r, true).scanAll(a) }
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScanner(r, true).scanFormat(format, a)
}

func Sscan(str string, a ...any) (n int, err error)   { return Fscan(&text{[]rune(str), 0}, a...) }
func Sscanln(str string, a ...any) (n int, err error) { return Fscanln(&text{[]rune(str), 0}, a...) }
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf(&text{[]rune(str), 0}, format, a...)
}

func Scan(a ...any) (n int, err error)                 { return Fscan(os.Stdin, a...) }
func Scanln(a ...any) (n int, err error)               { return Fscanln(os.Stdin, a...) }
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }
