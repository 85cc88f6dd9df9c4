// SPDX-License-Identifier: Apache-2.0
// Handlers: lines of text or of JSON, and the one that writes through package log.
package slog

import (
	"context"
	"fmt"
	"io"
	"log"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

type Handler interface {
	Enabled(context.Context, Level) bool
	Handle(context.Context, Record) error
	WithAttrs(attrs []Attr) Handler
	WithGroup(name string) Handler
}

type Record struct {
	Time    time.Time
	Message string
	Level   Level
	PC      uintptr
	attrs   []Attr
}

func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

func (r Record) Clone() Record {
	r.attrs = append([]Attr(nil), r.attrs...)
	return r
}

func (r Record) NumAttrs() int { return len(r.attrs) }

func (r Record) Attrs(f func(Attr) bool) {
	for _, a := range r.attrs {
		if !f(a) {
			return
		}
	}
}

func (r *Record) AddAttrs(attrs ...Attr) {
	for _, a := range attrs {
		if !a.Value.isEmptyGroup() {
			r.attrs = append(r.attrs, a)
		}
	}
}

func (r *Record) Add(args ...any) { r.AddAttrs(attrs(args)...) }

type HandlerOptions struct {
	AddSource   bool // not supported: there is no source in the output
	Level       Leveler
	ReplaceAttr func(groups []string, a Attr) Attr
}

// What was added to a handler: attributes, or the name of a group that holds all that follows.
type added struct {
	group string
	attrs []Attr
}

// common is what TextHandler and JSONHandler share.
type common struct {
	opts HandlerOptions
	mu   *sync.Mutex
	w    io.Writer
	adds []added
}

func newCommon(w io.Writer, opts *HandlerOptions) common {
	if opts == nil {
		opts = &HandlerOptions{}
	}
	return common{opts: *opts, mu: new(sync.Mutex), w: w}
}

func (c common) enabled(level Level) bool {
	least := LevelInfo
	if c.opts.Level != nil {
		least = c.opts.Level.Level()
	}
	return level >= least
}

func (c common) with(a added) common {
	c.adds = append(c.adds[:len(c.adds):len(c.adds)], a)
	return c
}

func (c common) write(line []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.w.Write(append(line, '\n'))
	return err
}

// prepared is an attribute as it is to be shown; false: it is not.
func (c common) prepared(groups []string, a Attr) (Attr, bool) {
	a.Value = a.Value.Resolve()
	if c.opts.ReplaceAttr != nil && a.Value.kind != KindGroup {
		a = c.opts.ReplaceAttr(groups, a)
		a.Value = a.Value.Resolve()
	}
	return a, !a.isEmpty() && !a.Value.isEmptyGroup()
}

// builtins are the time, the level and the message.
func (c common) builtins(r Record) (all []Attr) {
	if !r.Time.IsZero() {
		all = append(all, Time(TimeKey, r.Time.Round(0)))
	}
	return append(all, Any(LevelKey, r.Level), String(MessageKey, r.Message))
}

// A sink gets what a record consists of, piece by piece.
type sink interface {
	open(group string)
	close()
	attr(a Attr)
}

func (c common) all(r Record, out sink) {
	for _, a := range c.builtins(r) {
		if a, ok := c.prepared(nil, a); ok {
			out.attr(a)
		}
	}
	adds := append(c.adds[:len(c.adds):len(c.adds)], added{attrs: r.attrs})
	c.nested(nil, adds, out)
}

func (c common) nested(groups []string, adds []added, out sink) {
	if len(adds) == 0 || !holds(adds) {
		return
	}
	if adds[0].group != "" {
		out.open(adds[0].group)
		c.nested(append(groups, adds[0].group), adds[1:], out)
		out.close()
		return
	}
	for _, a := range adds[0].attrs {
		c.put(groups, a, out)
	}
	c.nested(groups, adds[1:], out)
}

// holds says whether there is an attribute: a group without any is left out.
func holds(adds []added) bool {
	for _, a := range adds {
		if len(a.attrs) > 0 {
			return true
		}
	}
	return false
}

func (c common) put(groups []string, a Attr, out sink) {
	a, ok := c.prepared(groups, a)
	if !ok {
		return
	}
	if a.Value.kind != KindGroup {
		out.attr(a)
		return
	}
	if a.Key != "" {
		groups = append(groups, a.Key)
		out.open(a.Key)
	}
	for _, inner := range a.Value.Group() {
		c.put(groups, inner, out)
	}
	if a.Key != "" {
		out.close()
	}
}

// ---- Text

type TextHandler struct{ common }

func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newCommon(w, opts)}
}

func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

func (h *TextHandler) WithAttrs(attrs []Attr) Handler {
	if len(attrs) == 0 {
		return h
	}
	return &TextHandler{h.with(added{attrs: attrs})}
}

func (h *TextHandler) WithGroup(name string) Handler {
	if name == "" {
		return h
	}
	return &TextHandler{h.with(added{group: name})}
}

func (h *TextHandler) Handle(_ context.Context, r Record) error {
	var out textSink
	h.all(r, &out)
	return h.write(out.line)
}

type textSink struct {
	line   []byte
	groups []string
}

func (t *textSink) open(group string) { t.groups = append(t.groups, group) }
func (t *textSink) close()            { t.groups = t.groups[:len(t.groups)-1] }

func (t *textSink) attr(a Attr) {
	if len(t.line) > 0 {
		t.line = append(t.line, ' ')
	}
	key := strings.Join(append(t.groups[:len(t.groups):len(t.groups)], a.Key), ".")
	t.line = append(t.line, quoted(key)...)
	t.line = append(t.line, '=')
	t.line = append(t.line, quoted(textOf(a.Value))...)
}

const textTime = "2006-01-02T15:04:05.000Z07:00"

func textOf(v Value) string {
	switch v.kind {
	case KindTime:
		return v.Time().Format(textTime)
	case KindAny:
		if m, ok := v.any.(interface{ MarshalText() ([]byte, error) }); ok {
			text, err := m.MarshalText()
			if err != nil {
				return "!ERROR:" + err.Error()
			}
			return string(text)
		}
		if b, ok := v.any.([]byte); ok {
			return string(b)
		}
	}
	return v.String()
}

// quoted puts text in quotes that could be taken for something else.
func quoted(s string) string {
	if s == "" {
		return `""`
	}
	for _, c := range s {
		if c == ' ' || c == '"' || c == '=' || c == utf8.RuneError || !unicode.IsPrint(c) {
			return strconv.Quote(s)
		}
	}
	return s
}

// ---- JSON

type JSONHandler struct{ common }

func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newCommon(w, opts)}
}

func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

func (h *JSONHandler) WithAttrs(attrs []Attr) Handler {
	if len(attrs) == 0 {
		return h
	}
	return &JSONHandler{h.with(added{attrs: attrs})}
}

func (h *JSONHandler) WithGroup(name string) Handler {
	if name == "" {
		return h
	}
	return &JSONHandler{h.with(added{group: name})}
}

func (h *JSONHandler) Handle(_ context.Context, r Record) error {
	out := jsonSink{line: []byte{'{'}}
	h.all(r, &out)
	return h.write(append(out.line, '}'))
}

type jsonSink struct{ line []byte }

func (j *jsonSink) key(name string) {
	if j.line[len(j.line)-1] != '{' {
		j.line = append(j.line, ',')
	}
	j.line = append(j.line, jsonString(name)...)
	j.line = append(j.line, ':')
}

func (j *jsonSink) open(group string) {
	j.key(group)
	j.line = append(j.line, '{')
}

func (j *jsonSink) close() { j.line = append(j.line, '}') }

func (j *jsonSink) attr(a Attr) {
	j.key(a.Key)
	j.line = append(j.line, jsonOf(a.Value)...)
}

func jsonOf(v Value) string {
	switch v.kind {
	case KindInt64, KindUint64, KindBool:
		return v.String()
	case KindFloat64:
		s := v.String()
		if strings.ContainsAny(s, "NI") { // NaN, Inf
			return jsonString("!ERROR:json: unsupported value: " + s)
		}
		return s
	case KindDuration:
		return strconv.FormatInt(int64(v.Duration()), 10)
	case KindTime:
		return jsonString(v.Time().Format(time.RFC3339Nano))
	case KindString:
		return jsonString(v.any.(string))
	}
	switch x := v.any.(type) {
	case nil:
		return "null"
	case error:
		return jsonString(x.Error())
	case Level:
		return jsonString(x.String())
	case interface{ MarshalJSON() ([]byte, error) }:
		text, err := x.MarshalJSON()
		if err != nil {
			return jsonString("!ERROR:" + err.Error())
		}
		return string(text)
	case interface{ MarshalText() ([]byte, error) }:
		return jsonString(textOf(v))
	case []string:
		return jsonList(len(x), func(i int) string { return jsonString(x[i]) })
	case []int:
		return jsonList(len(x), func(i int) string { return strconv.Itoa(x[i]) })
	case []any:
		return jsonList(len(x), func(i int) string { return jsonOf(AnyValue(x[i])) })
	}
	// Other values would need package encoding/json.
	return jsonString(fmt.Sprintf("!ERROR:heddle: JSON of %T is not supported", v.any))
}

func jsonList(n int, element func(int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = element(i)
	}
	return "[" + strings.Join(all, ",") + "]"
}

func jsonString(s string) string {
	const digits = "0123456789abcdef"
	b := []byte{'"'}
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < 0x20:
			b = append(b, `\u00`...)
			b = append(b, digits[c>>4], digits[c&15])
		case c == utf8.RuneError && size == 1:
			b = append(b, `\ufffd`...)
		case c == '\u2028' || c == '\u2029':
			b = append(b, `\u202`...)
			b = append(b, digits[c&15])
		default:
			b = append(b, s[i:i+size]...)
		}
		i += size
	}
	return string(append(b, '"'))
}

// ---- Through package log

type defaultHandler struct{ common }

func (h *defaultHandler) Enabled(_ context.Context, level Level) bool {
	return level >= defaultLevel.Level()
}

func (h *defaultHandler) WithAttrs(attrs []Attr) Handler {
	return &defaultHandler{h.with(added{attrs: attrs})}
}

func (h *defaultHandler) WithGroup(name string) Handler {
	return &defaultHandler{h.with(added{group: name})}
}

func (h *defaultHandler) Handle(_ context.Context, r Record) error {
	out := textSink{line: []byte(r.Level.String() + " " + r.Message)}
	h.nested(nil, append(h.adds[:len(h.adds):len(h.adds)], added{attrs: r.attrs}), &out)
	return log.Output(4, string(out.line))
}

type discard struct{}

func (discard) Enabled(context.Context, Level) bool  { return false }
func (discard) Handle(context.Context, Record) error { return nil }
func (d discard) WithAttrs([]Attr) Handler           { return d }
func (d discard) WithGroup(string) Handler           { return d }

var DiscardHandler Handler = discard{}
