// SPDX-License-Identifier: Apache-2.0
// Times as bytes: the forms that encoding/gob, encoding/json and their like ask for.
package time

import "errors"

const (
	binaryVersion1 byte = 1 // offset in minutes
	binaryVersion2 byte = 2 // with its seconds in a byte more
)

func (t Time) MarshalBinary() ([]byte, error) {
	version := binaryVersion1
	minutes, seconds := -1, 0 // -1: UTC
	if t.Location() != UTC {
		_, offset := t.Zone()
		minutes, seconds = offset/60, offset%60
		if seconds != 0 {
			version = binaryVersion2
		}
		if minutes < -32768 || minutes == -1 || minutes > 32767 {
			return nil, errors.New("Time.MarshalBinary: unexpected zone offset")
		}
	}
	b := []byte{version}
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(t.ext>>uint(shift)))
	}
	for shift := 24; shift >= 0; shift -= 8 {
		b = append(b, byte(t.wall>>uint(shift)))
	}
	b = append(b, byte(minutes>>8), byte(minutes))
	if version == binaryVersion2 {
		b = append(b, byte(seconds))
	}
	return b, nil
}

func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errors.New("Time.UnmarshalBinary: no data")
	}
	length := 15
	switch data[0] {
	case binaryVersion1:
	case binaryVersion2:
		length++
	default:
		return errors.New("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != length {
		return errors.New("Time.UnmarshalBinary: invalid length")
	}
	var sec, nsec uint64
	for _, c := range data[1:9] {
		sec = sec<<8 | uint64(c)
	}
	for _, c := range data[9:13] {
		nsec = nsec<<8 | uint64(c)
	}
	offset := int(int16(uint16(data[13])<<8|uint16(data[14]))) * 60
	if data[0] == binaryVersion2 {
		offset += int(int8(data[15]))
	}
	*t = Time{nsec, int64(sec), nil}
	if offset == -60 {
		return nil
	}
	if local := Local.at(t.Unix()); local.offset == offset {
		t.loc = Local
	} else {
		t.loc = FixedZone("", offset)
	}
	return nil
}

func (t Time) GobEncode() ([]byte, error)    { return t.MarshalBinary() }
func (t *Time) GobDecode(data []byte) error  { return t.UnmarshalBinary(data) }
func (t Time) MarshalText() ([]byte, error)  { return t.strict("Time.MarshalText: ") }
func (t *Time) UnmarshalText(b []byte) error { return t.parseStrict(string(b)) }

func (t Time) AppendText(b []byte) ([]byte, error) {
	text, err := t.strict("Time.AppendText: ")
	return append(b, text...), err
}

func (t Time) AppendBinary(b []byte) ([]byte, error) {
	data, err := t.MarshalBinary()
	return append(b, data...), err
}

// strict formats the time by RFC 3339, whose years have four digits and whose offsets are less than a day.
func (t Time) strict(who string) ([]byte, error) {
	if year := t.Year(); year < 0 || year >= 10000 {
		return nil, errors.New(who + "year outside of range [0,9999]")
	}
	if _, offset := t.Zone(); offset <= -secondsPerDay || offset >= secondsPerDay {
		return nil, errors.New(who + "timezone hour outside of range [0,23]")
	}
	return []byte(t.Format(RFC3339Nano)), nil
}

// parseStrict reads RFC 3339 without what Parse allows beyond it.
func (t *Time) parseStrict(s string) error {
	parsed, err := Parse(RFC3339, s)
	if err != nil {
		return err
	}
	if len(s) > 12 && s[12] == ':' {
		return &ParseError{RFC3339, s, "15", s[11:], ""}
	}
	for i := 19; i < len(s); i++ {
		if s[i] == ',' {
			return &ParseError{RFC3339, s, ".", ",", ""}
		}
	}
	*t = parsed
	return nil
}

func (t Time) MarshalJSON() ([]byte, error) {
	text, err := t.strict("Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return []byte(`"` + string(text) + `"`), nil
}

func (t *Time) UnmarshalJSON(data []byte) error {
	s := string(data)
	if s == "null" {
		return nil
	}
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	return t.parseStrict(s[1 : len(s)-1])
}
