// Packages math, math/bits and math/rand with a seed.
package main

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand"
)

func main() {
	xs := []float64{0, math.Copysign(0, -1), 0.5, 1, -1, 1.5, 2.5, -2.5, 3, 10, 100.25, 1e10, -1e-10, math.Pi, math.E, math.MaxFloat64, 1e-300, 1e300, 1e15, math.Inf(1), math.Inf(-1), math.NaN()}
	for _, x := range xs {
		fmt.Println(x, math.Sqrt(x), math.Abs(x), math.Floor(x), math.Ceil(x), math.Trunc(x), math.Round(x), math.RoundToEven(x), math.Cbrt(x), math.Signbit(x), math.IsNaN(x), math.IsInf(x, 0))
		fmt.Println(math.Exp(x), math.Exp2(x), math.Log(x), math.Log2(x), math.Log10(x), math.Sin(x), math.Cos(x), math.Tan(x), math.Atan(x), math.Asin(x), math.Acos(x))
		if math.Abs(x) < 1000 {
			fmt.Println(math.Sinh(x), math.Cosh(x), math.Tanh(x))
		}
		f, e := math.Frexp(x)
		i, fr := math.Modf(x)
		fmt.Println(f, e, i, fr, math.Float64bits(x), math.Float32bits(float32(x)))
		for _, y := range xs {
			fmt.Println(math.Pow(x, y), math.Mod(x, y), math.Max(x, y), math.Min(x, y), math.Dim(x, y), math.Atan2(x, y), math.Hypot(x, y), math.Copysign(x, y), math.Remainder(x, y), math.Nextafter(x, y))
		}
	}
	fmt.Println(math.MaxInt64, math.MinInt64, uint64(math.MaxUint64), math.MaxInt32, math.Pi, math.Ldexp(0.5, 4), math.Pow10(5), math.Pow10(-400), math.FMA(2, 3, 4), math.Inf(-1), math.Float32frombits(0x40490fdb))
	for _, x := range []uint64{0, 1, 2, 3, 255, 1 << 40, 1<<64 - 1, 0xF0F0} {
		fmt.Println(bits.LeadingZeros64(x), bits.TrailingZeros64(x), bits.OnesCount64(x), bits.Len64(x), bits.Reverse64(x), bits.ReverseBytes64(x), bits.RotateLeft64(x, 5), bits.RotateLeft8(uint8(x), -3), bits.Len8(uint8(x)), bits.TrailingZeros16(uint16(x)), bits.LeadingZeros32(uint32(x)), bits.Reverse8(uint8(x)), bits.ReverseBytes32(uint32(x)))
		hi, lo := bits.Mul64(x, x+3)
		s, c := bits.Add64(x, 1<<63, 1)
		d, b := bits.Sub64(x, 7, 1)
		fmt.Println(hi, lo, s, c, d, b)
	}
	fmt.Println(bits.Div64(1, 2, 3))
	func() {
		defer func() { fmt.Println(recover()) }()
		bits.Div64(1, 0, 0)
	}()
	for _, seed := range []int64{1, 42, 0, -7, 1 << 40} {
		r := rand.New(rand.NewSource(seed))
		fmt.Println(r.Int(), r.Intn(10), r.Intn(100), r.Int63(), r.Int31n(7), r.Int63n(1000), r.Float64(), r.Float32(), r.Perm(6), r.Uint32(), r.Uint64(), r.Intn(64))
		s := []int{1, 2, 3, 4, 5, 6, 7}
		r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
		b := make([]byte, 5)
		r.Read(b)
		fmt.Println(s, b)
	}
	rand.Seed(5)
	fmt.Println(rand.Intn(100), rand.Intn(100), rand.Perm(4))
	func() {
		defer func() { fmt.Println(recover()) }()
		rand.Intn(0)
	}()
}
