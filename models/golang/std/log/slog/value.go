// SPDX-License-Identifier: Apache-2.0
// Package slog, the basics: levels, attributes and their values.
package slog

import (
	"fmt"
	"strconv"
	"time"
)

const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

type Level int

const (
	LevelDebug Level = -4
	LevelInfo  Level = 0
	LevelWarn  Level = 4
	LevelError Level = 8
)

func (l Level) String() string {
	name, base := "ERROR", LevelError
	switch {
	case l < LevelInfo:
		name, base = "DEBUG", LevelDebug
	case l < LevelWarn:
		name, base = "INFO", LevelInfo
	case l < LevelError:
		name, base = "WARN", LevelWarn
	}
	if l == base {
		return name
	}
	return fmt.Sprintf("%s%+d", name, l-base)
}

func (l Level) Level() Level { return l }

type Leveler interface{ Level() Level }

type Kind int

const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

var kindNames = [...]string{"Any", "Bool", "Duration", "Float64", "Int64", "String", "Time", "Uint64", "Group", "LogValuer"}

func (k Kind) String() string {
	if k >= 0 && int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "<unknown slog.Kind>"
}

// A LogValuer says itself what is to be logged of it.
type LogValuer interface{ LogValue() Value }

type Value struct {
	kind Kind
	any  any
}

func StringValue(v string) Value          { return Value{KindString, v} }
func IntValue(v int) Value                { return Value{KindInt64, int64(v)} }
func Int64Value(v int64) Value            { return Value{KindInt64, v} }
func Uint64Value(v uint64) Value          { return Value{KindUint64, v} }
func Float64Value(v float64) Value        { return Value{KindFloat64, v} }
func BoolValue(v bool) Value              { return Value{KindBool, v} }
func TimeValue(v time.Time) Value         { return Value{KindTime, v} }
func DurationValue(v time.Duration) Value { return Value{KindDuration, v} }

// GroupValue leaves empty groups out.
func GroupValue(attrs ...Attr) Value {
	kept := make([]Attr, 0, len(attrs))
	for _, a := range attrs {
		if !a.Value.isEmptyGroup() {
			kept = append(kept, a)
		}
	}
	return Value{KindGroup, kept}
}

func AnyValue(v any) Value {
	switch v := v.(type) {
	case string:
		return StringValue(v)
	case int:
		return Int64Value(int64(v))
	case int8:
		return Int64Value(int64(v))
	case int16:
		return Int64Value(int64(v))
	case int32:
		return Int64Value(int64(v))
	case int64:
		return Int64Value(v)
	case uint:
		return Uint64Value(uint64(v))
	case uint8:
		return Uint64Value(uint64(v))
	case uint16:
		return Uint64Value(uint64(v))
	case uint32:
		return Uint64Value(uint64(v))
	case uint64:
		return Uint64Value(v)
	case uintptr:
		return Uint64Value(uint64(v))
	case float32:
		return Float64Value(float64(v))
	case float64:
		return Float64Value(v)
	case bool:
		return BoolValue(v)
	case time.Duration:
		return DurationValue(v)
	case time.Time:
		return TimeValue(v)
	case []Attr:
		return GroupValue(v...)
	case Kind:
		return Value{KindAny, v}
	case Value:
		return v
	case LogValuer:
		return Value{KindLogValuer, v}
	}
	return Value{KindAny, v}
}

func (v Value) Kind() Kind { return v.kind }
func (v Value) Any() any   { return v.any }

func (v Value) get(k Kind) any {
	if v.kind != k {
		panic(fmt.Sprintf("Value kind is %s, not %s", v.kind, k))
	}
	return v.any
}

func (v Value) Int64() int64            { return v.get(KindInt64).(int64) }
func (v Value) Uint64() uint64          { return v.get(KindUint64).(uint64) }
func (v Value) Bool() bool              { return v.get(KindBool).(bool) }
func (v Value) Duration() time.Duration { return v.get(KindDuration).(time.Duration) }
func (v Value) Float64() float64        { return v.get(KindFloat64).(float64) }
func (v Value) Time() time.Time         { return v.get(KindTime).(time.Time) }
func (v Value) Group() []Attr           { return v.get(KindGroup).([]Attr) }
func (v Value) LogValuer() LogValuer    { return v.get(KindLogValuer).(LogValuer) }
func (v Value) isEmptyGroup() bool      { return v.kind == KindGroup && len(v.any.([]Attr)) == 0 }

func (v Value) String() string {
	switch v.kind {
	case KindString:
		return v.any.(string)
	case KindInt64:
		return strconv.FormatInt(v.any.(int64), 10)
	case KindUint64:
		return strconv.FormatUint(v.any.(uint64), 10)
	case KindFloat64:
		return strconv.FormatFloat(v.any.(float64), 'g', -1, 64)
	case KindBool:
		return strconv.FormatBool(v.any.(bool))
	case KindDuration:
		return v.any.(time.Duration).String()
	case KindTime:
		return v.any.(time.Time).String()
	case KindGroup:
		return fmt.Sprint(v.any.([]Attr))
	}
	return fmt.Sprintf("%+v", v.any)
}

func (v Value) Equal(w Value) bool {
	if v.kind != w.kind {
		return false
	}
	switch v.kind {
	case KindTime:
		return v.Time().Equal(w.Time())
	case KindGroup:
		a, b := v.Group(), w.Group()
		for i := range a {
			if len(a) != len(b) || !a[i].Equal(b[i]) {
				return false
			}
		}
		return len(a) == len(b)
	}
	return v.any == w.any
}

// Resolve asks a LogValuer for its value until there is none; the value of one that panics is an error.
func (v Value) Resolve() (r Value) {
	asked := v
	defer func() {
		if e := recover(); e != nil {
			r = AnyValue(fmt.Errorf("LogValue panicked\n%v", e))
		}
	}()
	const most = 100
	for i := 0; i < most; i++ {
		if v.kind != KindLogValuer {
			return v
		}
		v = v.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on %T", asked.any))
}

type Attr struct {
	Key   string
	Value Value
}

func String(key, value string) Attr             { return Attr{key, StringValue(value)} }
func Int(key string, value int) Attr            { return Attr{key, IntValue(value)} }
func Int64(key string, value int64) Attr        { return Attr{key, Int64Value(value)} }
func Uint64(key string, value uint64) Attr      { return Attr{key, Uint64Value(value)} }
func Float64(key string, value float64) Attr    { return Attr{key, Float64Value(value)} }
func Bool(key string, value bool) Attr          { return Attr{key, BoolValue(value)} }
func Time(key string, value time.Time) Attr     { return Attr{key, TimeValue(value)} }
func Any(key string, value any) Attr            { return Attr{key, AnyValue(value)} }
func Group(key string, args ...any) Attr        { return Attr{key, GroupValue(attrs(args)...)} }
func (a Attr) Equal(b Attr) bool                { return a.Key == b.Key && a.Value.Equal(b.Value) }
func (a Attr) String() string                   { return a.Key + "=" + a.Value.String() }
func (a Attr) isEmpty() bool                    { return a.Key == "" && a.Value.kind == KindAny && a.Value.any == nil }
func Duration(key string, v time.Duration) Attr { return Attr{key, DurationValue(v)} }

const badKey = "!BADKEY"

// attrs reads keys with their values, and attributes, out of arguments.
func attrs(args []any) (all []Attr) {
	for len(args) > 0 {
		switch x := args[0].(type) {
		case Attr:
			all, args = append(all, x), args[1:]
		case string:
			if len(args) == 1 {
				return append(all, String(badKey, x))
			}
			all, args = append(all, Any(x, args[1])), args[2:]
		default:
			all, args = append(all, Any(badKey, x)), args[1:]
		}
	}
	return all
}
