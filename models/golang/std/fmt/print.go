// SPDX-License-Identifier: Apache-2.0
// Package fmt: formatted output. The formatter itself is native; it calls the methods of values through callMethod.
package fmt

import (
	"errors"
	"io"
	"os"
)

// State is what a Formatter writes to.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

type Formatter interface {
	Format(f State, verb rune)
}

type Stringer interface {
	String() string
}

type GoStringer interface {
	GoString() string
}

// state is the State of one verb; width and precision are -1 when they are absent.
type state struct {
	buf   []byte
	width int
	prec  int
	flags string
}

func (s *state) Write(b []byte) (n int, err error) {
	s.buf = append(s.buf, b...)
	return len(b), nil
}

func (s *state) WriteString(text string) (n int, err error) {
	s.buf = append(s.buf, text...)
	return len(text), nil
}

func (s *state) Width() (wid int, ok bool) {
	if s.width < 0 {
		return 0, false
	}
	return s.width, true
}

func (s *state) Precision() (prec int, ok bool) {
	if s.prec < 0 {
		return 0, false
	}
	return s.prec, true
}

func (s *state) Flag(c int) bool {
	for i := 0; i < len(s.flags); i++ {
		if int(s.flags[i]) == c {
			return true
		}
	}
	return false
}

// The methods that the formatter calls.
const (
	methodError = iota
	methodString
	methodGoString
	methodFormat
)

type caller func(method int, v any, verb rune, width, prec int, flags string) (string, any, bool)

// callMethod calls a method of v and returns its text, or the value that it panicked with.
func callMethod(method int, v any, verb rune, width, prec int, flags string) (text string, panicked any, failed bool) {
	var s *state
	if method == methodFormat {
		s = &state{nil, width, prec, flags}
	}
	failed = true
	defer func() {
		if s != nil {
			text = string(s.buf)
		}
		if failed {
			panicked = recover()
		}
	}()
	switch method {
	case methodError:
		text = v.(error).Error()
	case methodString:
		text = v.(Stringer).String()
	case methodGoString:
		text = v.(GoStringer).GoString()
	case methodFormat:
		v.(Formatter).Format(s, verb)
	}
	failed = false
	return text, nil, false
}

// wrapped lists the numbers of the arguments that %w took, a byte each.
func sprintf(call caller, format string, a []any, wrap bool) (text string, wrapped string)
func sprint(call caller, a []any) string
func sprintln(call caller, a []any) string

func Sprintf(format string, a ...any) string {
	text, _ := sprintf(callMethod, format, a, false)
	return text
}

func Sprint(a ...any) string   { return sprint(callMethod, a) }
func Sprintln(a ...any) string { return sprintln(callMethod, a) }

func Printf(format string, a ...any) (n int, err error) {
	text, _ := sprintf(callMethod, format, a, false)
	return os.Stdout.WriteString(text)
}

func Print(a ...any) (n int, err error)   { return os.Stdout.WriteString(sprint(callMethod, a)) }
func Println(a ...any) (n int, err error) { return os.Stdout.WriteString(sprintln(callMethod, a)) }

func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	text, _ := sprintf(callMethod, format, a, false)
	return w.Write([]byte(text))
}

func Fprint(w io.Writer, a ...any) (n int, err error) {
	return w.Write([]byte(sprint(callMethod, a)))
}

func Fprintln(w io.Writer, a ...any) (n int, err error) {
	return w.Write([]byte(sprintln(callMethod, a)))
}

func Appendf(b []byte, format string, a ...any) []byte {
	text, _ := sprintf(callMethod, format, a, false)
	return append(b, text...)
}

func Append(b []byte, a ...any) []byte   { return append(b, sprint(callMethod, a)...) }
func Appendln(b []byte, a ...any) []byte { return append(b, sprintln(callMethod, a)...) }

// FormatString returns the directive that a Formatter was called for.
func FormatString(s State, verb rune) string {
	out := []byte{'%'}
	for _, c := range " +-#0" {
		if s.Flag(int(c)) {
			out = append(out, byte(c))
		}
	}
	if w, ok := s.Width(); ok {
		out = append(out, Sprint(w)...)
	}
	if p, ok := s.Precision(); ok {
		out = append(out, '.')
		out = append(out, Sprint(p)...)
	}
	return string(append(out, string(verb)...))
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }

func Errorf(format string, a ...any) error {
	text, wrapped := sprintf(callMethod, format, a, true)
	switch len(wrapped) {
	case 0:
		return errors.New(text)
	case 1:
		w := &wrapError{msg: text}
		w.err, _ = a[wrapped[0]].(error)
		return w
	}
	var errs []error
	for i := 0; i < len(wrapped); i++ {
		if i > 0 && wrapped[i-1] == wrapped[i] {
			continue
		}
		if e, ok := a[wrapped[i]].(error); ok {
			errs = append(errs, e)
		}
	}
	return &wrapErrors{text, errs}
}
