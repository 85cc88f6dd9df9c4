// SPDX-License-Identifier: Apache-2.0
// Sequences of parts.
package bytes

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Lines yields the lines with their newlines; the last one may lack it.
func Lines(s []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(s) > 0 {
			end := Index(s, []byte("\n")) + 1
			if end == 0 {
				end = len(s)
			}
			if !yield(s[:end:end]) {
				return
			}
			s = s[end:]
		}
	}
}

// parts yields what stands between separators, which go with the part before if so told.
func parts(s, sep []byte, with bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if len(sep) == 0 {
			for i := 0; i < len(s); {
				start := i
				_, size := utf8.DecodeRune(s[i:])
				i += size
				if !yield(s[start:i:i]) {
					return
				}
			}
			return
		}
		for {
			i := Index(s, sep)
			if i < 0 {
				break
			}
			part := s[:i:i]
			if with {
				part = s[: i+len(sep) : i+len(sep)]
			}
			if !yield(part) {
				return
			}
			s = s[i+len(sep):]
		}
		yield(s)
	}
}

func SplitSeq(s, sep []byte) iter.Seq[[]byte]      { return parts(s, sep, false) }
func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte] { return parts(s, sep, true) }
func FieldsSeq(s []byte) iter.Seq[[]byte]          { return FieldsFuncSeq(s, unicode.IsSpace) }

func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start := -1
		i := 0
		for i < len(s) {
			c, size := utf8.DecodeRune(s[i:])
			if f(c) {
				if start >= 0 && !yield(s[start:i:i]) {
					return
				}
				start = -1
			} else if start < 0 {
				start = i
			}
			i += size
		}
		if start >= 0 {
			yield(s[start:i:i])
		}
	}
}
