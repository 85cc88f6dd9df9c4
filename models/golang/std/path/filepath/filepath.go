// SPDX-License-Identifier: Apache-2.0
// Package filepath: paths of files, which here are slash-separated paths.
package filepath

import "path"

const (
	Separator     = '/'
	ListSeparator = ':'
)

func Clean(p string) string             { return path.Clean(p) }
func Split(p string) (dir, file string) { return path.Split(p) }
func Join(elem ...string) string        { return path.Join(elem...) }
func Ext(p string) string               { return path.Ext(p) }
func Base(p string) string              { return path.Base(p) }
func Dir(p string) string               { return path.Dir(p) }
func IsAbs(p string) bool               { return path.IsAbs(p) }
func ToSlash(p string) string           { return p }
func FromSlash(p string) string         { return p }
func VolumeName(p string) string        { return "" }
