package main

import (
	"fmt"
	"math"
)

type Celsius float64

const (
	A = iota * 10
	B
	C
	_
	E
)

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8 = 0
	u8--
	var i16 int16 = -32768
	i16--
	var u32 uint32 = 1 << 31
	u32 *= 2
	fmt.Println(i8, u8, i16, u32)
	var a, b int = -7, 2
	fmt.Println(a/b, a%b, a>>1, uint8(a)>>1, a&b, a|b, a^b, a&^b, ^a, -a)
	var m int64 = math.MinInt64
	n := int64(-1)
	fmt.Println(m/n, m%n, -m)
	s := 70
	fmt.Println(1<<s == 0, int32(-5)>>s, uint64(1)<<63>>s, int8(1)<<(s-63))
	var f float64 = 1e100
	fmt.Println(f*f*f*f, -f, f/3, math.Sqrt(2), 7.0/2)
	z := 0.0
	fmt.Println(1/z, -1/z, z/z, z == -z, math.NaN() == math.NaN())
	x := 3.99
	fmt.Println(int(x), int(-x), uint8(int(x)), int64(1e18), float32(0.1), float64(float32(0.1)))
	c := complex(1, 2)
	d := 3 - 4i
	fmt.Println(c*d, c/d, c+d, c-d, real(c), imag(d), c == d, -c)
	var c64 complex64 = 1 + 1i
	fmt.Println(c64 * c64)
	fmt.Println(A, B, C, E, Celsius(36.6))
	h := uint64(14695981039346656037)
	for _, ch := range "hello" {
		h ^= uint64(ch)
		h *= 1099511628211
	}
	fmt.Println(h)
	var u uint = 3
	fmt.Println(u-4 > 0, 5-u, u<<62)
	k := 10
	k += 5
	k -= 3
	k *= 7
	k /= 4
	k %= 8
	k <<= 3
	k |= 1
	k &= 0x1f
	k ^= 2
	k &^= 8
	k >>= 1
	fmt.Println(k)
	fmt.Println(1.5e3, 1e21, 1e20, 123456789.0, float32(16777216.0), 1e-7, 100000.0)
	var r rune = 'é'
	var by byte = 'x'
	fmt.Println(r, by, string(r), 'a'+1, "s"+"t")
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.Pi)
	t := true
	fmt.Println(t && !t, t || !t, !t)
	fmt.Println(uint32(1<<32-1), int32(u32), int8(-128)/int8(n))
}
