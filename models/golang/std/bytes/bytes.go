// SPDX-License-Identifier: Apache-2.0
// Package bytes: what package strings does, for slices of bytes.
package bytes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// view returns the bytes of b as a string, for the time of one call.
func view(b []byte) string { return string(b) }

func Equal(a, b []byte) bool { return string(a) == string(b) }

func Compare(a, b []byte) int { return strings.Compare(view(a), view(b)) }

func Index(s, sep []byte) int                         { return strings.Index(view(s), view(sep)) }
func LastIndex(s, sep []byte) int                     { return strings.LastIndex(view(s), view(sep)) }
func IndexByte(b []byte, c byte) int                  { return strings.IndexByte(view(b), c) }
func LastIndexByte(s []byte, c byte) int              { return strings.LastIndexByte(view(s), c) }
func IndexRune(s []byte, r rune) int                  { return strings.IndexRune(view(s), r) }
func IndexAny(s []byte, chars string) int             { return strings.IndexAny(view(s), chars) }
func Count(s, sep []byte) int                         { return strings.Count(view(s), view(sep)) }
func Contains(b, subslice []byte) bool                { return Index(b, subslice) >= 0 }
func ContainsAny(b []byte, c string) bool             { return IndexAny(b, c) >= 0 }
func ContainsRune(b []byte, r rune) bool              { return IndexRune(b, r) >= 0 }
func HasPrefix(s, prefix []byte) bool                 { return strings.HasPrefix(view(s), view(prefix)) }
func HasSuffix(s, suffix []byte) bool                 { return strings.HasSuffix(view(s), view(suffix)) }
func EqualFold(s, t []byte) bool                      { return strings.EqualFold(view(s), view(t)) }
func LastIndexAny(s []byte, c string) int             { return strings.LastIndexAny(view(s), c) }
func IndexFunc(s []byte, f func(r rune) bool) int     { return strings.IndexFunc(view(s), f) }
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(view(s), f) }
func ContainsFunc(b []byte, f func(rune) bool) bool   { return IndexFunc(b, f) >= 0 }

func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

func split(s, sep []byte, save, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if n < 0 {
		n = Count(s, sep) + 1
		if len(sep) == 0 {
			n--
		}
	}
	if n > len(s)+1 {
		n = len(s) + 1
	}
	pieces := make([][]byte, 0, n)
	for len(pieces) < n-1 {
		m := Index(s, sep)
		if len(sep) == 0 {
			_, m = utf8.DecodeRune(s)
			if m == 0 {
				break
			}
		}
		if m < 0 {
			break
		}
		pieces = append(pieces, s[:m+save:m+save])
		s = s[m+len(sep):]
	}
	if len(sep) == 0 && len(s) == 0 {
		return pieces
	}
	return append(pieces, s)
}

func Split(s, sep []byte) [][]byte              { return split(s, sep, 0, -1) }
func SplitN(s, sep []byte, n int) [][]byte      { return split(s, sep, 0, n) }
func SplitAfter(s, sep []byte) [][]byte         { return split(s, sep, len(sep), -1) }
func SplitAfterN(s, sep []byte, n int) [][]byte { return split(s, sep, len(sep), n) }

func Fields(s []byte) [][]byte { return FieldsFunc(s, unicode.IsSpace) }

func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	fields := make([][]byte, 0, 8)
	start := -1
	for i, r := range view(s) {
		if f(r) {
			if start >= 0 {
				fields = append(fields, s[start:i:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:len(s):len(s)])
	}
	return fields
}

func Join(s [][]byte, sep []byte) []byte {
	out := []byte{}
	for i, piece := range s {
		if i > 0 {
			out = append(out, sep...)
		}
		out = append(out, piece...)
	}
	return out
}

func Map(mapping func(r rune) rune, s []byte) []byte { return []byte(strings.Map(mapping, view(s))) }

func Repeat(b []byte, count int) []byte {
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	return []byte(strings.Repeat(view(b), count))
}

func ToUpper(s []byte) []byte { return []byte(strings.ToUpper(view(s))) }
func ToLower(s []byte) []byte { return []byte(strings.ToLower(view(s))) }
func ToTitle(s []byte) []byte { return []byte(strings.ToTitle(view(s))) }
func Title(s []byte) []byte   { return []byte(strings.Title(view(s))) }

func Replace(s, old, new []byte, n int) []byte {
	return []byte(strings.Replace(view(s), view(old), view(new), n))
}

func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

func ToValidUTF8(s, replacement []byte) []byte {
	return []byte(strings.ToValidUTF8(view(s), view(replacement)))
}

func Runes(s []byte) []rune { return []rune(view(s)) }

// trimmed returns the part of s that is left of its text, of which left bytes are cut in front.
func trimmed(s []byte, left string, whole string) []byte {
	if len(whole) == 0 {
		return nil
	}
	start := len(s) - len(left)
	return s[start : start+len(whole)]
}

func TrimFunc(s []byte, f func(r rune) bool) []byte {
	left := strings.TrimLeftFunc(view(s), f)
	return trimmed(s, left, strings.TrimRightFunc(left, f))
}

func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	left := strings.TrimLeftFunc(view(s), f)
	return trimmed(s, left, left)
}

func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return s[:len(strings.TrimRightFunc(view(s), f))]
}

func Trim(s []byte, cutset string) []byte {
	left := strings.TrimLeft(view(s), cutset)
	return trimmed(s, left, strings.TrimRight(left, cutset))
}

func TrimLeft(s []byte, cutset string) []byte {
	left := strings.TrimLeft(view(s), cutset)
	return trimmed(s, left, left)
}

func TrimRight(s []byte, cutset string) []byte {
	return s[:len(strings.TrimRight(view(s), cutset))]
}

func TrimSpace(s []byte) []byte { return TrimFunc(s, unicode.IsSpace) }

func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
