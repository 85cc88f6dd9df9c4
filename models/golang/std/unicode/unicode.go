// SPDX-License-Identifier: Apache-2.0
// Package unicode: properties of code points; the tables themselves are native.
package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
	Version         = "13.0.0"
)

const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

const UpperLower = MaxRune + 1

type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// A RangeTable is a set of code points: its ranges, or the native table with this name.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int
	name        string
}

type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta [MaxCase]rune
}

type SpecialCase []CaseRange

func (special SpecialCase) to(which int, r rune) rune {
	for _, c := range special {
		if rune(c.Lo) <= r && r <= rune(c.Hi) {
			return r + c.Delta[which]
		}
	}
	return To(which, r)
}

func (special SpecialCase) ToUpper(r rune) rune { return special.to(UpperCase, r) }
func (special SpecialCase) ToTitle(r rune) rune { return special.to(TitleCase, r) }
func (special SpecialCase) ToLower(r rune) rune { return special.to(LowerCase, r) }

var TurkishCase SpecialCase = SpecialCase{
	CaseRange{0x49, 0x49, [MaxCase]rune{0, 0x131 - 0x49, 0}},
	CaseRange{0x69, 0x69, [MaxCase]rune{0x130 - 0x69, 0, 0x130 - 0x69}},
	CaseRange{0x130, 0x130, [MaxCase]rune{0, 0x69 - 0x130, 0}},
	CaseRange{0x131, 0x131, [MaxCase]rune{0x49 - 0x131, 0, 0x49 - 0x131}},
}

var AzeriCase SpecialCase = TurkishCase

// inTable reports whether r is in the table called name: a general category, a script or a property.
func inTable(name string, r rune) bool

// toCase maps r to a case: 0 upper, 1 lower, 2 title.
func toCase(which int, r rune) rune

func named(name string) *RangeTable { return &RangeTable{name: name} }

var (
	Letter = named("L")
	L      = Letter
	Upper  = named("Lu")
	Lu     = Upper
	Lower  = named("Ll")
	Ll     = Lower
	Title  = named("Lt")
	Lt     = Title
	Lm     = named("Lm")
	Lo     = named("Lo")
	Mark   = named("M")
	M      = Mark
	Mn     = named("Mn")
	Mc     = named("Mc")
	Me     = named("Me")
	Number = named("N")
	N      = Number
	Digit  = named("Nd")
	Nd     = Digit
	Nl     = named("Nl")
	No     = named("No")
	Punct  = named("P")
	P      = Punct
	Pc     = named("Pc")
	Pd     = named("Pd")
	Pe     = named("Pe")
	Pf     = named("Pf")
	Pi     = named("Pi")
	Po     = named("Po")
	Ps     = named("Ps")
	Symbol = named("S")
	S      = Symbol
	Sc     = named("Sc")
	Sk     = named("Sk")
	Sm     = named("Sm")
	So     = named("So")
	Space  = named("Z")
	Z      = Space
	Zl     = named("Zl")
	Zp     = named("Zp")
	Zs     = named("Zs")
	Other  = named("C")
	C      = Other
	Cc     = named("Cc")
	Cf     = named("Cf")
	Co     = named("Co")
	Cs     = named("Cs")

	Arabic     = named("Arabic")
	Common     = named("Common")
	Cyrillic   = named("Cyrillic")
	Devanagari = named("Devanagari")
	Greek      = named("Greek")
	Han        = named("Han")
	Hangul     = named("Hangul")
	Hebrew     = named("Hebrew")
	Hiragana   = named("Hiragana")
	Katakana   = named("Katakana")
	Latin      = named("Latin")
	Thai       = named("Thai")

	White_Space = named("White_Space")
)

var GraphicRanges = []*RangeTable{L, M, N, P, S, Zs}
var PrintRanges = []*RangeTable{L, M, N, P, S}

func Is(table *RangeTable, r rune) bool {
	if table.name != "" {
		return inTable(table.name, r)
	}
	for _, x := range table.R16 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return (r-rune(x.Lo))%rune(x.Stride) == 0
		}
	}
	for _, x := range table.R32 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return (r-rune(x.Lo))%rune(x.Stride) == 0
		}
	}
	return false
}

func In(r rune, ranges ...*RangeTable) bool { return IsOneOf(ranges, r) }

func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, inside := range ranges {
		if Is(inside, r) {
			return true
		}
	}
	return false
}

func IsControl(r rune) bool { return 0 <= r && r < 0x20 || 0x7F <= r && r < 0xA0 }

func IsLetter(r rune) bool {
	if uint32(r) < 0x80 {
		c := r | 0x20
		return 'a' <= c && c <= 'z'
	}
	return inTable("L", r)
}

func IsUpper(r rune) bool {
	if uint32(r) < 0x80 {
		return 'A' <= r && r <= 'Z'
	}
	return inTable("Lu", r)
}

func IsLower(r rune) bool {
	if uint32(r) < 0x80 {
		return 'a' <= r && r <= 'z'
	}
	return inTable("Ll", r)
}

func IsDigit(r rune) bool {
	if uint32(r) < 0x80 {
		return '0' <= r && r <= '9'
	}
	return inTable("Nd", r)
}

func IsSpace(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		switch r {
		case '\t', '\n', '\v', '\f', '\r', ' ', 0x85, 0xA0:
			return true
		}
		return false
	}
	return inTable("White_Space", r)
}

func IsTitle(r rune) bool   { return r > MaxASCII && inTable("Lt", r) }
func IsNumber(r rune) bool  { return inTable("N", r) }
func IsMark(r rune) bool    { return inTable("M", r) }
func IsPunct(r rune) bool   { return inTable("P", r) }
func IsSymbol(r rune) bool  { return inTable("S", r) }
func IsPrint(r rune) bool   { return r == ' ' || IsOneOf(PrintRanges, r) }
func IsGraphic(r rune) bool { return IsOneOf(GraphicRanges, r) }

func To(_case int, r rune) rune {
	if _case < 0 || MaxCase <= _case {
		return ReplacementChar
	}
	return toCase(_case, r)
}

func ToUpper(r rune) rune { return toCase(UpperCase, r) }
func ToLower(r rune) rune { return toCase(LowerCase, r) }
func ToTitle(r rune) rune { return toCase(TitleCase, r) }

// SimpleFold returns the next larger rune that equals r but for case, or else the smallest.
func SimpleFold(r rune) rune
