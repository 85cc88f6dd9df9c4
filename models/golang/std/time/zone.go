// SPDX-License-Identifier: Apache-2.0
// Locations: the rules of time zones, from the zone files of the system (TZif, RFC 8536).
package time

import "errors"

// A zone is one way of keeping time: its abbreviation, and seconds east of UTC.
type zone struct {
	name   string
	offset int
	isDST  bool
}

// A transition begins the use of a zone, at a time in seconds since 1970.
type transition struct {
	when int64
	zone int
}

// A Location without zones keeps UTC. After the last transition, the rule (a POSIX TZ string) holds.
type Location struct {
	name        string
	zones       []zone
	transitions []transition
	rule        string
}

const (
	beginOfTime int64 = -1 << 63
	endOfTime   int64 = 1<<63 - 1
)

var utcLocation = Location{name: "UTC"}
var localLocation = Location{name: "Local"}

var UTC *Location = &utcLocation
var Local *Location = &localLocation

func FixedZone(name string, offset int) *Location {
	return &Location{name, []zone{{name, offset, false}}, []transition{{beginOfTime, 0}}, ""}
}

// zoneFile returns the system's zone file of this name.
func zoneFile(name string) (data string, ok bool)

func LoadLocation(name string) (*Location, error) {
	switch {
	case name == "" || name == "UTC":
		return UTC, nil
	case name == "Local":
		return Local, nil
	case name[0] == '/' || name[0] == '\\' || hasDotDot(name):
		return nil, errors.New("time: invalid location name")
	}
	if data, ok := zoneFile(name); ok {
		return LoadLocationFromTZData(name, []byte(data))
	}
	return nil, errors.New("unknown time zone " + name)
}

func hasDotDot(name string) bool {
	for i := 0; i+1 < len(name); i++ {
		if name[i] == '.' && name[i+1] == '.' {
			return true
		}
	}
	return false
}

func (l *Location) String() string { return l.get().name }

func (l *Location) get() *Location {
	if l == nil {
		return &utcLocation
	}
	return l
}

// A span is what a location says of a moment: the zone in use, from start to end.
type span struct {
	zone
	start, end int64
}

// at looks up the zone in use at a time in seconds since 1970.
func (l *Location) at(sec int64) span {
	l = l.get()
	if len(l.zones) == 0 {
		return span{zone{"UTC", 0, false}, beginOfTime, endOfTime}
	}
	if len(l.transitions) == 0 {
		return span{l.zones[l.firstZone()], beginOfTime, endOfTime}
	}
	if first := l.transitions[0].when; sec < first {
		return span{l.zones[l.firstZone()], beginOfTime, first}
	}
	low, high := 0, len(l.transitions)
	for high-low > 1 {
		middle := int(uint(low+high) / 2)
		if sec < l.transitions[middle].when {
			high = middle
		} else {
			low = middle
		}
	}
	found := span{l.zones[l.transitions[low].zone], l.transitions[low].when, endOfTime}
	if high < len(l.transitions) {
		found.end = l.transitions[high].when
	} else if l.rule != "" {
		if ruled, ok := spanOfRule(l.rule, found.start, sec); ok {
			return ruled
		}
	}
	return found
}

// firstZone is the zone before the first transition: zone 0 if no transition leads to it; else, where the first one
// begins summer time, the last zone before that one's that is none; else the first zone that is none.
func (l *Location) firstZone() int {
	used := false
	for _, t := range l.transitions {
		used = used || t.zone == 0
	}
	if !used {
		return 0
	}
	if first := l.transitions[0].zone; l.zones[first].isDST {
		for i := first - 1; i >= 0; i-- {
			if !l.zones[i].isDST {
				return i
			}
		}
	}
	for i := range l.zones {
		if !l.zones[i].isDST {
			return i
		}
	}
	return 0
}

// offsetOf finds the offset of the zone that is called name, if possible around the time.
func (l *Location) offsetOf(name string, sec int64) (offset int, ok bool) {
	l = l.get()
	for i := range l.zones {
		if l.zones[i].name == name {
			if found := l.at(sec - int64(l.zones[i].offset)); found.name == name {
				return found.offset, true
			}
		}
	}
	for i := range l.zones {
		if l.zones[i].name == name {
			return l.zones[i].offset, true
		}
	}
	return 0, false
}

// ---- Zone files

var errBadZoneData = errors.New("malformed time zone information")

// A zoneReader takes numbers and bytes from a zone file; what is not there sets bad.
type zoneReader struct {
	data []byte
	bad  bool
}

func (r *zoneReader) bytes(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.data, r.bad = nil, true
		return nil
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

// number takes a big-endian number with sign.
func (r *zoneReader) number(size int) int64 {
	b := r.bytes(size)
	if r.bad {
		return 0
	}
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	shift := uint(64 - 8*size)
	return int64(n<<shift) >> shift
}

type zoneCounts struct {
	version                                                     byte
	isUTC, isStandard, leaps, transitions, zones, abbreviations int
}

func (r *zoneReader) header() zoneCounts {
	var c zoneCounts
	if string(r.bytes(4)) != "TZif" {
		r.bad = true
		return c
	}
	rest := r.bytes(16)
	if r.bad {
		return c
	}
	switch rest[0] {
	case 0:
		c.version = 1
	case '2', '3':
		c.version = rest[0] - '0'
	default:
		r.bad = true
	}
	for _, field := range []*int{&c.isUTC, &c.isStandard, &c.leaps, &c.transitions, &c.zones, &c.abbreviations} {
		n := r.number(4)
		if n < 0 || n > 1<<24 {
			r.bad = true
			n = 0
		}
		*field = int(n)
	}
	return c
}

// size is that of the block after a header, with times of this many bytes.
func (c zoneCounts) size(bytes int) int {
	return c.transitions*(bytes+1) + c.zones*6 + c.abbreviations + c.leaps*(bytes+4) + c.isStandard + c.isUTC
}

func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	r := &zoneReader{data: data}
	counts := r.header()
	size := 4
	if !r.bad && counts.version > 1 {
		r.bytes(counts.size(4))
		counts = r.header()
		size = 8
	}
	if r.bad {
		return nil, errBadZoneData
	}
	l := &Location{name: name}
	times := &zoneReader{data: r.bytes(counts.transitions * size)}
	indices := r.bytes(counts.transitions)
	zones := &zoneReader{data: r.bytes(counts.zones * 6)}
	abbreviations := r.bytes(counts.abbreviations)
	r.bytes(counts.leaps*(size+4) + counts.isStandard + counts.isUTC)
	if r.bad || counts.zones == 0 {
		return nil, errBadZoneData
	}
	if rest := r.data; len(rest) > 2 && rest[0] == '\n' && rest[len(rest)-1] == '\n' {
		l.rule = string(rest[1 : len(rest)-1])
	}
	for i := 0; i < counts.zones; i++ {
		z := zone{offset: int(zones.number(4)), isDST: zones.number(1) != 0}
		at := int(uint8(zones.number(1)))
		if at >= len(abbreviations) {
			return nil, errBadZoneData
		}
		end := at
		for end < len(abbreviations) && abbreviations[end] != 0 {
			end++
		}
		z.name = string(abbreviations[at:end])
		l.zones = append(l.zones, z)
	}
	for _, index := range indices {
		if int(index) >= len(l.zones) {
			return nil, errBadZoneData
		}
		l.transitions = append(l.transitions, transition{times.number(size), int(index)})
	}
	if len(l.transitions) == 0 {
		l.transitions = []transition{{beginOfTime, 0}}
	}
	return l, nil
}
