// SPDX-License-Identifier: Apache-2.0
// Package rand: pseudo-random numbers. The functions of the package are chance (a small range is a choice that is
// explored); a Rand with a fixed seed gives the numbers that Go's generator gives.
package rand

type Source interface {
	Int63() int64
	Seed(seed int64)
}

type Source64 interface {
	Source
	Uint64() uint64
}

// choose returns a number from 0 to n-1: a visible choice if n is small, else drawn from the seed of the execution.
func choose(n int64) int64

// chance returns 64 bits drawn from the seed of the execution.
func chance() uint64

// fillSource sets the 607 words of the additive generator for a seed.
func fillSource(vec []int64, seed int64)

// isChance says whether the seed was taken from the clock, which stands for chance.
func isChance(seed int64) bool

const sourceLength = 607
const sourceTap = 273

type rngSource struct {
	tap  int
	feed int
	vec  []int64
}

func (s *rngSource) Seed(seed int64) {
	s.tap = 0
	s.feed = sourceLength - sourceTap
	if s.vec == nil {
		s.vec = make([]int64, sourceLength)
	}
	fillSource(s.vec, seed)
}

func (s *rngSource) Uint64() uint64 {
	s.tap--
	if s.tap < 0 {
		s.tap += sourceLength
	}
	s.feed--
	if s.feed < 0 {
		s.feed += sourceLength
	}
	x := s.vec[s.feed] + s.vec[s.tap]
	s.vec[s.feed] = x
	return uint64(x)
}

func (s *rngSource) Int63() int64 { return int64(s.Uint64() &^ (1 << 63)) }

// A lockedSource is the source of the package's functions after Seed; each number is one atomic step.
type lockedSource struct {
	rngSource
}

func (s *lockedSource) Uint64() uint64
func (s *lockedSource) Int63() int64 { return int64(s.Uint64() &^ (1 << 63)) }

// chanceSource is the source behind the functions of the package, and behind seeds taken from the clock.
type chanceSource struct{}

func (chanceSource) Seed(seed int64) {}
func (chanceSource) Uint64() uint64  { return chance() }
func (chanceSource) Int63() int64    { return int64(chance() >> 1) }

func NewSource(seed int64) Source {
	if isChance(seed) {
		return chanceSource{}
	}
	s := &rngSource{}
	s.Seed(seed)
	return s
}

type Rand struct {
	src     Source
	s64     Source64
	chance  bool
	readVal int64
	readPos int8
}

func New(src Source) *Rand {
	s64, _ := src.(Source64)
	_, isChance := src.(chanceSource)
	return &Rand{src: src, s64: s64, chance: isChance}
}

func (r *Rand) Seed(seed int64) {
	if r.chance || isChance(seed) {
		src := NewSource(seed)
		if plain, ok := src.(*rngSource); ok {
			src = &lockedSource{*plain}
		}
		*r = *New(src)
		return
	}
	r.src.Seed(seed)
	r.readPos = 0
}

func (r *Rand) Int63() int64   { return r.src.Int63() }
func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }
func (r *Rand) Int31() int32   { return int32(r.Int63() >> 32) }

func (r *Rand) Uint64() uint64 {
	if r.s64 != nil {
		return r.s64.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

func (r *Rand) Int() int { return int(uint(r.Int63())) }

func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if r.chance {
		return choose(n)
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	max := int64((1 << 63) - 1 - (1<<63)%uint64(n))
	v := r.Int63()
	for v > max {
		v = r.Int63()
	}
	return v % n
}

func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if r.chance {
		return int32(choose(int64(n)))
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	max := int32((1 << 31) - 1 - (1<<31)%uint32(n))
	v := r.Int31()
	for v > max {
		v = r.Int31()
	}
	return v % n
}

// int31n is the multiplication method, which Shuffle and Perm's kin use.
func (r *Rand) int31n(n int32) int32 {
	if r.chance {
		return int32(choose(int64(n)))
	}
	v := r.Uint32()
	product := uint64(v) * uint64(n)
	low := uint32(product)
	if low < uint32(n) {
		threshold := uint32(-n) % uint32(n)
		for low < threshold {
			v = r.Uint32()
			product = uint64(v) * uint64(n)
			low = uint32(product)
		}
	}
	return int32(product >> 32)
}

func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n <= 1<<31-1 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

func (r *Rand) Float64() float64 {
	for {
		f := float64(r.Int63()) / (1 << 63)
		if f != 1 {
			return f
		}
	}
}

func (r *Rand) Float32() float32 {
	for {
		f := float32(r.Float64())
		if f != 1 {
			return f
		}
	}
}

func (r *Rand) Perm(n int) []int {
	m := make([]int, n)
	for i := 0; i < n; i++ {
		j := r.Intn(i + 1)
		m[i] = m[j]
		m[j] = i
	}
	return m
}

func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	i := n - 1
	for ; i > 1<<31-1-1; i-- {
		swap(i, int(r.Int63n(int64(i+1))))
	}
	for ; i > 0; i-- {
		swap(i, int(r.int31n(int32(i+1))))
	}
}

func (r *Rand) Read(p []byte) (n int, err error) {
	for n = 0; n < len(p); n++ {
		if r.readPos == 0 {
			r.readVal = r.Int63()
			r.readPos = 7
		}
		p[n] = byte(r.readVal)
		r.readVal >>= 8
		r.readPos--
	}
	return n, nil
}

// normFloat64 and expFloat64 turn uniform numbers into others.
func normal(u1, u2 float64) float64
func exponential(u float64) float64

func (r *Rand) NormFloat64() float64 { return normal(1-r.Float64(), r.Float64()) }
func (r *Rand) ExpFloat64() float64  { return exponential(1 - r.Float64()) }

var globalRand = New(chanceSource{})

func Seed(seed int64)                    { globalRand.Seed(seed) }
func Int63() int64                       { return globalRand.Int63() }
func Uint32() uint32                     { return globalRand.Uint32() }
func Uint64() uint64                     { return globalRand.Uint64() }
func Int31() int32                       { return globalRand.Int31() }
func Int() int                           { return globalRand.Int() }
func Int63n(n int64) int64               { return globalRand.Int63n(n) }
func Int31n(n int32) int32               { return globalRand.Int31n(n) }
func Intn(n int) int                     { return globalRand.Intn(n) }
func Float64() float64                   { return globalRand.Float64() }
func Float32() float32                   { return globalRand.Float32() }
func Perm(n int) []int                   { return globalRand.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { globalRand.Shuffle(n, swap) }
func Read(p []byte) (n int, err error)   { return globalRand.Read(p) }
func NormFloat64() float64               { return globalRand.NormFloat64() }
func ExpFloat64() float64                { return globalRand.ExpFloat64() }
