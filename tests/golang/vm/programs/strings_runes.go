package main

import "fmt"

func main() {
	s := "héllo, 世界\x80z"
	for i, r := range s {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println(len(s))
	for i := range "abc" {
		fmt.Print(i)
	}
	fmt.Println()
	b := []byte(s)
	r := []rune(s)
	fmt.Println(len(b), len(r), string(b) == s, string(r) == s, string(r[7:9]))
	b[0] = 'H'
	fmt.Println(s[0], string(b[:3]), s[1:3], s[len(s)-1:], s[:0] == "")
	fmt.Println("a" < "b", "a" < "aa", "b" > "ab", "x" <= "x", "x" != "y", "" == s[3:3])
	t := ""
	for i := 0; i < 5; i++ {
		t += string(rune('a' + i))
	}
	fmt.Println(t, string(rune(0x10ffff+1)) == "\uFFFD", string(rune(-1)))
	const c = "const" + "ant"
	fmt.Println(c, len(c), c[2])
	x := `raw
string\n`
	fmt.Printf("%q %v\n", x, len(x))
	switch {
	case s > "h" && len(s) > 3:
		fmt.Println("big")
	default:
		fmt.Println("small")
	}
	m := map[string]int{"a": 1}
	m[string(b[:1])]++
	fmt.Println(m["H"], m["zz"])
	var e []byte
	fmt.Println(string(e) == "", string([]byte{65, 66}), []byte("hi"), []rune("hé"))
	e = append(e, "tail"...)
	n := copy(e[1:], "xyz")
	fmt.Println(string(e), n)
}
