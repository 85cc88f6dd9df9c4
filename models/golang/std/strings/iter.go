// SPDX-License-Identifier: Apache-2.0
// Sequences of parts.
package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Lines yields the lines with their newlines; the last one may lack it.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			end := Index(s, "\n") + 1
			if end == 0 {
				end = len(s)
			}
			if !yield(s[:end]) {
				return
			}
			s = s[end:]
		}
	}
}

// parts yields what stands between separators, which go with the part before if so told.
func parts(s, sep string, with bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if len(sep) == 0 {
			for i := 0; i < len(s); {
				start := i
				_, size := utf8.DecodeRuneInString(s[i:])
				i += size
				if !yield(s[start:i]) {
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
			part := s[:i]
			if with {
				part = s[:i+len(sep)]
			}
			if !yield(part) {
				return
			}
			s = s[i+len(sep):]
		}
		yield(s)
	}
}

func SplitSeq(s, sep string) iter.Seq[string]      { return parts(s, sep, false) }
func SplitAfterSeq(s, sep string) iter.Seq[string] { return parts(s, sep, true) }
func FieldsSeq(s string) iter.Seq[string]          { return FieldsFuncSeq(s, unicode.IsSpace) }

func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1
		i := 0
		for i < len(s) {
			c, size := utf8.DecodeRuneInString(s[i:])
			if f(c) {
				if start >= 0 && !yield(s[start:i]) {
					return
				}
				start = -1
			} else if start < 0 {
				start = i
			}
			i += size
		}
		if start >= 0 {
			yield(s[start:i])
		}
	}
}
