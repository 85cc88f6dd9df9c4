// Package strings: every function on ordinary and odd arguments.
package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	inputs := []string{"", "a", "abc", "a,b,c", ",a,,b,", "  lead and trail \t\n", "Hello, World", "héllo wörld", "日本語テキスト", "aaa", "ababab", "ßtraße ΑΒΓ", "tab\tnew\nline", "Ǆ ǅ ǆ", "ABC-def_ghi", "\u00a0nbsp\u2003em"}
	seps := []string{"", ",", "a", "ab", "語", "zz", " ", "l"}
	for _, s := range inputs {
		fmt.Printf("%q: %q %q %q %q %q %q\n", s, strings.ToUpper(s), strings.ToLower(s), strings.Title(s), strings.ToTitle(s), strings.TrimSpace(s), strings.Fields(s))
		fmt.Println(len(s), strings.Count(s, ""), strings.ToValidUTF8(s, "?"))
		for _, sep := range seps {
			fmt.Printf("  %q: %d %d %d %v %v %v %q %q %q %q %q %q\n", sep, strings.Index(s, sep), strings.LastIndex(s, sep), strings.Count(s, sep), strings.Contains(s, sep), strings.HasPrefix(s, sep), strings.HasSuffix(s, sep),
				strings.Split(s, sep), strings.SplitN(s, sep, 2), strings.SplitAfter(s, sep), strings.SplitN(s, sep, 0), strings.SplitAfterN(s, sep, 3), strings.SplitN(s, sep, 1))
			before, after, found := strings.Cut(s, sep)
			fmt.Printf("  %q %q %v %q %q %q\n", before, after, found, strings.Replace(s, sep, "<>", 2), strings.ReplaceAll(s, sep, "-"), strings.Replace(s, sep, "", -1))
			fmt.Printf("  %q %q %q %q %q %d %d\n", strings.Trim(s, sep), strings.TrimLeft(s, sep), strings.TrimRight(s, sep), strings.TrimPrefix(s, sep), strings.TrimSuffix(s, sep), strings.IndexAny(s, sep), strings.LastIndexAny(s, sep))
		}
		fmt.Println(strings.IndexByte(s, 'b'), strings.LastIndexByte(s, 'a'), strings.IndexRune(s, '本'), strings.IndexRune(s, unicode.ReplacementChar), strings.IndexFunc(s, unicode.IsUpper), strings.LastIndexFunc(s, unicode.IsLower), strings.ContainsAny(s, "xyz"), strings.ContainsRune(s, 'l'))
		fmt.Printf("%q %q %q\n", strings.Map(func(r rune) rune {
			if r == 'a' {
				return -1
			}
			return unicode.ToUpper(r)
		}, s), strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == 'b' }), strings.TrimFunc(s, unicode.IsLetter))
	}
	fmt.Println(strings.EqualFold("Straße", "STRASSE"), strings.EqualFold("ΣΑΣ", "σας"), strings.EqualFold("Go", "GO"), strings.EqualFold("K", "\u212a"), strings.EqualFold("a", "b"), strings.EqualFold("", ""))
	fmt.Println(strings.Repeat("ab", 3), strings.Repeat("", 5), strings.Repeat("x", 0), strings.Join([]string{"a", "b"}, "-"), strings.Join(nil, "x"), strings.Compare("a", "b"), strings.Compare("b", "a"), strings.Compare("a", "a"))
	r := strings.NewReplacer("a", "1", "b", "2", "ab", "3", "", "X")
	fmt.Println(r.Replace("abcab"), strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace("<a>b</a>"), strings.NewReplacer("aaa", "3", "aa", "2", "a", "1").Replace("aaaaaa"), strings.NewReplacer().Replace("x"))
	func() {
		defer func() { fmt.Println(recover()) }()
		strings.Repeat("x", -1)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		strings.NewReplacer("a")
	}()
	var b strings.Builder
	b.WriteString("hello")
	b.WriteByte(' ')
	b.WriteRune('世')
	b.Write([]byte("!"))
	fmt.Fprintf(&b, "%d", 5)
	fmt.Println(b.String(), b.Len())
	b.Grow(100)
	fmt.Println(b.Cap() >= 100)
	b.Reset()
	fmt.Println(b.String() == "", b.Len())
	rd := strings.NewReader("abc世")
	buf := make([]byte, 2)
	n, err := rd.Read(buf)
	fmt.Println(n, err, string(buf), rd.Len(), rd.Size())
	c, err := rd.ReadByte()
	fmt.Println(c, err)
	ch, size, err := rd.ReadRune()
	fmt.Println(ch, size, err)
	fmt.Println(rd.UnreadRune(), rd.UnreadRune())
	fmt.Println(rd.Seek(0, 0))
	fmt.Println(rd.Seek(-1, 0))
	_, err = rd.Read(make([]byte, 10))
	fmt.Println(err)
	_, err = rd.Read(buf)
	fmt.Println(err)
}
