// Package strconv: conversions and their errors.
package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

func main() {
	for _, s := range []string{"", "0", "-0", "+5", "42", "-42", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "12a", " 1", "1 ", "0x1f", "0b101", "0o17", "017", "1_000", "_1", "1__0", "ff", "18446744073709551615", "18446744073709551616", "-", "+", "99999999999999999999999", "0x", "zz", "\n"} {
		n, err := strconv.Atoi(s)
		fmt.Println(n, err)
		for _, base := range []int{0, 2, 8, 10, 16, 36, 1, 37} {
			for _, bits := range []int{0, 8, 32, 64, 65} {
				i, err := strconv.ParseInt(s, base, bits)
				u, uerr := strconv.ParseUint(s, base, bits)
				fmt.Println(i, err, u, uerr)
			}
		}
	}
	for _, s := range []string{"true", "T", "1", "0", "false", "F", "yes", "", "TRUE", "True", "tRUE"} {
		fmt.Println(strconv.ParseBool(s))
	}
	for _, s := range []string{"1", "1.5", "-2e10", "inf", "-Inf", "NaN", "1e400", "abc", "", "1e", ".5", "5.", "0x1p-2", "1_0", "infx", "1e-400", "+.e1"} {
		f, err := strconv.ParseFloat(s, 64)
		fmt.Println(f, err)
		f, err = strconv.ParseFloat(s, 32)
		fmt.Println(f, err)
	}
	for _, s := range []string{"", "plain", "q\"uote", "tab\tnl\n", "\x00\x7f\xff", "日本", "\u200b\u00ad", "a\\b", "`", "'", "\U0001F600", "\ufeff"} {
		q := strconv.Quote(s)
		fmt.Println(q, strconv.QuoteToASCII(s), strconv.QuoteToGraphic(s), strconv.CanBackquote(s))
		u, err := strconv.Unquote(q)
		fmt.Println(u == s, err)
	}
	for _, s := range []string{`"a\x41\u4e16\U0001F600\101\n"`, "`raw\\n`", `'x'`, `'\''`, `"bad`, `bad"`, `'ab'`, `"\q"`, `""`, `''`, `"\'"`, "\"a\nb\"", `"\400"`, `"\ud800"`} {
		u, err := strconv.Unquote(s)
		fmt.Printf("%q %v\n", u, err)
	}
	for _, r := range []rune{'a', '\n', '\'', '"', '世', 0x10FFFF, -1, 0xD800} {
		fmt.Println(strconv.QuoteRune(r), strconv.QuoteRuneToASCII(r), strconv.IsPrint(r))
	}
	for _, n := range []int64{0, 1, -1, 255, math.MaxInt64, math.MinInt64} {
		fmt.Println(strconv.FormatInt(n, 2), strconv.FormatInt(n, 10), strconv.FormatInt(n, 16), strconv.FormatInt(n, 36), strconv.FormatUint(uint64(n), 16))
	}
	b := []byte("x:")
	b = strconv.AppendInt(b, -5, 10)
	b = strconv.AppendBool(b, true)
	b = strconv.AppendQuote(b, "q")
	b = strconv.AppendFloat(b, 1.5, 'g', -1, 64)
	fmt.Println(string(b), strconv.Itoa(-77), strconv.FormatBool(false))
	_, err := strconv.Atoi("x")
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num, ne.Err, errors.Is(err, strconv.ErrSyntax))
	fmt.Println(strconv.ParseComplex("1+2i", 128))
	fmt.Println(strconv.ParseComplex("(3i)", 128))
	fmt.Println(strconv.FormatComplex(complex(1, -2), 'f', 2, 128))
	func() {
		defer func() { fmt.Println(recover()) }()
		strconv.FormatInt(1, 1)
	}()
}
