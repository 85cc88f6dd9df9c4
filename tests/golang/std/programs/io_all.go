// Packages bytes, bufio, io, errors, unicode, path, fnv, log.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"os"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

type slow struct{ s string }

func (r *slow) Read(p []byte) (int, error) {
	if r.s == "" {
		return 0, io.EOF
	}
	p[0] = r.s[0]
	r.s = r.s[1:]
	return 1, nil
}

type failing struct{ n int }

func (w *failing) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errors.New("full")
	}
	return len(p), nil
}

func main() {
	var b bytes.Buffer
	b.WriteString("hello ")
	b.Write([]byte("world\nline two\n"))
	b.WriteByte('!')
	b.WriteRune('世')
	fmt.Println(b.Len(), b.String())
	line, err := b.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	c, err := b.ReadByte()
	fmt.Println(c, err, b.UnreadByte(), b.UnreadByte())
	fmt.Printf("%q\n", b.Next(4))
	r, n, err := b.ReadRune()
	fmt.Println(r, n, err, b.UnreadRune())
	b.Truncate(3)
	fmt.Printf("%q\n", b.Bytes())
	b.Reset()
	_, err = b.ReadByte()
	fmt.Println(err, (*bytes.Buffer)(nil))
	fmt.Println(bytes.Split([]byte("a,b,c"), []byte(",")), bytes.Fields([]byte(" a  b ")), bytes.Equal(nil, []byte{}), bytes.Compare([]byte("a"), []byte("b")))
	fmt.Printf("%q %q %q %q\n", bytes.TrimSpace([]byte("  x ")), bytes.ToUpper([]byte("abc")), bytes.Title([]byte("ab cd")), bytes.Join([][]byte{[]byte("a"), []byte("b")}, []byte("--")))
	fmt.Printf("%q %q %v %d\n", bytes.Trim([]byte("xxaxx"), "x"), bytes.Replace([]byte("aaa"), []byte("a"), []byte("b"), 2), bytes.Contains([]byte("abc"), []byte("bc")), bytes.Index([]byte("abc"), []byte("c")))
	fmt.Printf("%q %q %q\n", bytes.Split([]byte("abc"), nil), bytes.SplitN([]byte("a,b,c"), []byte(","), 2), bytes.SplitAfter([]byte("a,b"), []byte(",")))

	for _, split := range []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, bufio.ScanBytes} {
		s := bufio.NewScanner(strings.NewReader("one two\r\nthree\n\n世 end"))
		s.Split(split)
		for s.Scan() {
			fmt.Printf("%q ", s.Text())
		}
		fmt.Println(s.Err())
	}
	s := bufio.NewScanner(&slow{strings.Repeat("x", 200)})
	s.Buffer(make([]byte, 10), 100)
	fmt.Println(s.Scan(), s.Err())
	br := bufio.NewReader(&slow{"line one\nline two\nrest"})
	for {
		line, err := br.ReadString('\n')
		fmt.Printf("%q %v\n", line, err)
		if err != nil {
			break
		}
	}
	br = bufio.NewReaderSize(strings.NewReader("peek and read 世界"), 16)
	pk, err := br.Peek(4)
	fmt.Printf("%q %v %d\n", pk, err, br.Buffered())
	_, err = br.Peek(100)
	fmt.Println(err)
	by, _ := br.ReadByte()
	fmt.Println(by, br.UnreadByte())
	d, _ := br.Discard(14)
	rn, sz, err := br.ReadRune()
	fmt.Println(d, string(rn), sz, err)
	l, isPrefix, err := br.ReadLine()
	fmt.Printf("%q %v %v\n", l, isPrefix, err)
	var out strings.Builder
	bw := bufio.NewWriterSize(&out, 16)
	fmt.Fprintf(bw, "%d-%s", 5, "a long string that does not fit")
	fmt.Println(bw.Buffered(), out.Len(), bw.Available())
	bw.WriteByte('x')
	bw.WriteRune('é')
	bw.WriteString("end")
	fmt.Println(bw.Flush(), out.String())
	bw = bufio.NewWriterSize(&failing{10}, 4)
	_, err = bw.WriteString("0123456789abcdef")
	fmt.Println(err, bw.Flush())

	all, err := io.ReadAll(&slow{"everything"})
	fmt.Println(string(all), err)
	nn, err := io.Copy(&out, io.LimitReader(strings.NewReader("limited"), 3))
	fmt.Println(nn, err)
	buf := make([]byte, 5)
	k, err := io.ReadFull(strings.NewReader("abc"), buf)
	fmt.Println(k, err)
	k, err = io.ReadAtLeast(strings.NewReader("abcdef"), buf, 9)
	fmt.Println(k, err)
	mr := io.MultiReader(strings.NewReader("a"), strings.NewReader("b"))
	all, _ = io.ReadAll(io.TeeReader(mr, &out))
	fmt.Println(string(all), out.String())
	io.WriteString(io.MultiWriter(&out, io.Discard), "!")
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.CloseWithError(errors.New("closed by writer"))
	}()
	all, err = io.ReadAll(pr)
	fmt.Println(string(all), err)

	for _, r := range "aZ5 \t_世é\u0301!\u2028$Ⅷǅ\x00\U0001F600" {
		fmt.Println(unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsTitle(r), unicode.IsDigit(r), unicode.IsNumber(r), unicode.IsSpace(r), unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsControl(r), unicode.IsPrint(r), unicode.IsGraphic(r), unicode.IsMark(r), string(unicode.ToUpper(r)), string(unicode.ToLower(r)), string(unicode.ToTitle(r)), unicode.SimpleFold(r), unicode.Is(unicode.Han, r), unicode.In(r, unicode.Latin, unicode.Sc))
	}
	text := "a世\xff\xe4\xb8é"
	for i := 0; i <= len(text); i++ {
		r, n := utf8.DecodeRuneInString(text[i:])
		lr, ln := utf8.DecodeLastRuneInString(text[:i])
		fmt.Println(r, n, lr, ln, utf8.ValidString(text[i:]), utf8.RuneCountInString(text[i:]), utf8.FullRuneInString(text[i:]))
	}
	fmt.Println(utf8.RuneLen('世'), utf8.RuneLen(-1), utf8.ValidRune(0xD800), utf8.AppendRune(nil, '世'), utf8.EncodeRune(buf, 'é'))
	fmt.Println(path.Join("a", "../b", "/c"), path.Base("/a/b.go"), path.Ext("x.tar.gz"), path.Dir("/a/b"), path.Clean("a//b/./../c"), path.IsAbs("/x"))
	h := fnv.New32a()
	h.Write([]byte("hello"))
	h64 := fnv.New64a()
	h64.Write([]byte("hello"))
	fmt.Println(h.Sum32(), h64.Sum64(), h.Sum(nil))

	joined := errors.New("x")
	fmt.Println(errors.Is(joined, joined), errors.Is(joined, errors.New("x")))
	lg := log.New(os.Stdout, "pre: ", log.Lshortfile|log.Lmsgprefix)
	lg.Println("message", 1)
	lg.Printf("no newline %d", 2)
	lg.SetFlags(0)
	lg.SetPrefix("[p] ")
	lg.Print("a", "b", 1, 2, "c")
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lmsgprefix)
	log.SetPrefix("std ")
	log.Print("hello")
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		log.Panicf("bad %d", 7)
	}()
	fmt.Println(log.Flags(), log.Prefix(), lg.Prefix(), lg.Writer() == os.Stdout)
	defer fmt.Println("not printed")
	log.Fatal("the end")
}
