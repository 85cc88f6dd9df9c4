// math/cmplx, to twelve digits.
package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

func main() {
	points := []complex128{0, 1, -1, 1i, -1i, 1 + 1i, -2 + 0.5i, 3 - 4i, 0.25 - 0.75i, -0.1 - 0.2i, 1e-9 + 2i, 30 + 0.001i,
		complex(math.Inf(1), 0), complex(0, math.Inf(-1)), complex(math.NaN(), 1)}
	functions := []struct {
		name string
		f    func(complex128) complex128
	}{{"Exp", cmplx.Exp}, {"Log", cmplx.Log}, {"Log10", cmplx.Log10}, {"Sqrt", cmplx.Sqrt}, {"Sin", cmplx.Sin}, {"Cos", cmplx.Cos},
		{"Tan", cmplx.Tan}, {"Sinh", cmplx.Sinh}, {"Cosh", cmplx.Cosh}, {"Tanh", cmplx.Tanh}, {"Cot", cmplx.Cot}, {"Asin", cmplx.Asin},
		{"Acos", cmplx.Acos}, {"Atan", cmplx.Atan}, {"Asinh", cmplx.Asinh}, {"Acosh", cmplx.Acosh}, {"Atanh", cmplx.Atanh}, {"Conj", cmplx.Conj}}
	for _, f := range functions {
		for i, x := range points {
			// Beyond the finite numbers only the simple functions are compared.
			if i >= 12 && f.name != "Exp" && f.name != "Log" && f.name != "Sqrt" && f.name != "Conj" {
				continue
			}
			y := f.f(x)
			fmt.Printf("%s(%v) = %.11g %.11g\n", f.name, x, real(y)+0, imag(y)+0)
		}
	}
	for _, x := range points[:12] {
		for _, y := range []complex128{0, 2, -1, 0.5, 1i, 1 - 2i} {
			z := cmplx.Pow(x, y)
			fmt.Printf("%v ^ %v = %.11g %.11g\n", x, y, real(z)+0, imag(z)+0)
		}
		r, t := cmplx.Polar(x)
		fmt.Printf("%.11g %.11g %.11g %.11g\n", r, t, cmplx.Abs(x), cmplx.Rect(r, t))
	}
	for _, x := range points {
		fmt.Print(cmplx.IsNaN(x), cmplx.IsInf(x), " ")
	}
	fmt.Println(cmplx.Inf(), cmplx.NaN())
}
