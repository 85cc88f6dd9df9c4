// SPDX-License-Identifier: Apache-2.0
// Package cmplx: elementary functions of complex numbers, by their real and imaginary parts.
// Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.2 to 4.6.
package cmplx

import "math"

func Abs(x complex128) float64          { return math.Hypot(real(x), imag(x)) }
func Phase(x complex128) float64        { return math.Atan2(imag(x), real(x)) }
func Polar(x complex128) (r, θ float64) { return Abs(x), Phase(x) }
func Conj(x complex128) complex128      { return complex(real(x), -imag(x)) }
func Inf() complex128                   { return complex(math.Inf(1), math.Inf(1)) }
func NaN() complex128                   { return complex(math.NaN(), math.NaN()) }
func IsInf(x complex128) bool           { return math.IsInf(real(x), 0) || math.IsInf(imag(x), 0) }
func IsNaN(x complex128) bool {
	return !IsInf(x) && (math.IsNaN(real(x)) || math.IsNaN(imag(x)))
}

func Rect(r, θ float64) complex128 {
	s, c := math.Sincos(θ)
	return complex(r*c, r*s)
}

func Exp(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case math.IsInf(re, 1) && im == 0:
		return x
	case math.IsInf(re, 1) && (math.IsInf(im, 0) || math.IsNaN(im)):
		return complex(math.Inf(1), math.NaN())
	case math.IsInf(re, -1) && (math.IsInf(im, 0) || math.IsNaN(im)):
		return complex(0, math.Copysign(0, im))
	case math.IsNaN(re) && im == 0:
		return complex(math.NaN(), im)
	}
	r := math.Exp(re)
	s, c := math.Sincos(im)
	return complex(r*c, r*s)
}

func Log(x complex128) complex128 { return complex(math.Log(Abs(x)), Phase(x)) }

func Log10(x complex128) complex128 {
	z := Log(x)
	return complex(math.Log10E*real(z), math.Log10E*imag(z))
}

func Pow(x, y complex128) complex128 {
	if x == 0 {
		switch {
		case real(y) == 0:
			return 1
		case real(y) < 0 && imag(y) == 0:
			return complex(math.Inf(1), 0)
		case real(y) < 0:
			return Inf()
		}
		return 0
	}
	modulus := Abs(x)
	arg := Phase(x)
	r := math.Pow(modulus, real(y))
	θ := real(y) * arg
	if imag(y) != 0 {
		r *= math.Exp(-imag(y) * arg)
		θ += imag(y) * math.Log(modulus)
	}
	s, c := math.Sincos(θ)
	return complex(r*c, r*s)
}

func Sqrt(x complex128) complex128 {
	re, im := real(x), imag(x)
	if im == 0 {
		if re == 0 {
			return complex(0, im)
		}
		if re < 0 {
			return complex(0, math.Copysign(math.Sqrt(-re), im))
		}
		return complex(math.Sqrt(re), im)
	}
	if math.IsInf(im, 0) {
		return complex(math.Inf(1), im)
	}
	if re == 0 {
		r := math.Sqrt(0.5 * math.Abs(im))
		return complex(r, math.Copysign(r, im))
	}
	// Scaled, so that the modulus neither overflows nor vanishes.
	scale := 2.0
	if math.Abs(re) > 4 || math.Abs(im) > 4 {
		re, im = re*0.25, im*0.25
	} else {
		re, im = re*0x1p54, im*0x1p54
		scale = 0x1p-27
	}
	modulus := math.Hypot(re, im)
	var a, b float64
	if re > 0 {
		a = math.Sqrt(0.5*modulus + 0.5*re)
		b = scale * math.Abs(0.5*im/a)
		a *= scale
	} else {
		b = math.Sqrt(0.5*modulus - 0.5*re)
		a = scale * math.Abs(0.5*im/b)
		b *= scale
	}
	return complex(a, math.Copysign(b, im))
}

// ---- Trigonometric and hyperbolic functions

func sinhcosh(x float64) (sh, ch float64) {
	if math.Abs(x) <= 0.5 {
		return math.Sinh(x), math.Cosh(x)
	}
	e := math.Exp(x)
	half := 0.5 / e
	e *= 0.5
	return e - half, e + half
}

func Sin(x complex128) complex128 {
	s, c := math.Sincos(real(x))
	sh, ch := sinhcosh(imag(x))
	return complex(s*ch, c*sh)
}

func Cos(x complex128) complex128 {
	s, c := math.Sincos(real(x))
	sh, ch := sinhcosh(imag(x))
	return complex(c*ch, -s*sh)
}

func Sinh(x complex128) complex128 {
	s, c := math.Sincos(imag(x))
	sh, ch := sinhcosh(real(x))
	return complex(c*sh, s*ch)
}

func Cosh(x complex128) complex128 {
	s, c := math.Sincos(imag(x))
	sh, ch := sinhcosh(real(x))
	return complex(c*ch, s*sh)
}

func Tan(x complex128) complex128 {
	if math.Abs(imag(x)) > 350 {
		return complex(0, math.Copysign(1, imag(x)))
	}
	d := math.Cos(2*real(x)) + math.Cosh(2*imag(x))
	return complex(math.Sin(2*real(x))/d, math.Sinh(2*imag(x))/d)
}

func Tanh(x complex128) complex128 {
	if math.Abs(real(x)) > 350 {
		return complex(math.Copysign(1, real(x)), 0)
	}
	d := math.Cosh(2*real(x)) + math.Cos(2*imag(x))
	if d == 0 {
		return Inf()
	}
	return complex(math.Sinh(2*real(x))/d, math.Sin(2*imag(x))/d)
}

func Cot(x complex128) complex128 {
	d := math.Cosh(2*imag(x)) - math.Cos(2*real(x))
	if d == 0 {
		return Inf()
	}
	return complex(math.Sin(2*real(x))/d, -math.Sinh(2*imag(x))/d)
}

func timesI(x complex128) complex128 { return complex(-imag(x), real(x)) }

func Asin(x complex128) complex128 {
	if imag(x) == 0 && math.Abs(real(x)) <= 1 {
		return complex(math.Asin(real(x)), imag(x))
	}
	root := Sqrt(1 - x*x)
	w := Log(timesI(x) + root)
	return complex(imag(w), -real(w))
}

func Acos(x complex128) complex128 {
	w := Asin(x)
	return complex(math.Pi/2-real(w), -imag(w))
}

func Atan(x complex128) complex128 {
	re, im := real(x), imag(x)
	if im == 0 {
		return complex(math.Atan(re), im)
	}
	square := re * re
	a := 1 - square - im*im
	w := 0.5 * math.Atan2(2*re, a)
	above, below := im+1, im-1
	d := square + below*below
	return complex(w, 0.25*math.Log((square+above*above)/d))
}

func Asinh(x complex128) complex128 {
	if imag(x) == 0 && math.Abs(real(x)) <= 1 {
		return complex(math.Asinh(real(x)), imag(x))
	}
	return Log(x + Sqrt(1+x*x))
}

func Acosh(x complex128) complex128 {
	if x == 0 {
		return complex(0, math.Copysign(math.Pi/2, imag(x)))
	}
	w := Acos(x)
	if imag(w) <= 0 {
		return timesI(w)
	}
	return complex(imag(w), -real(w))
}

func Atanh(x complex128) complex128 {
	z := Atan(timesI(x))
	return complex(imag(z), -real(z))
}
