// SPDX-License-Identifier: Apache-2.0
// Loggers.
package slog

import (
	"context"
	"log"
	"sync/atomic"
	"time"
)

// A LevelVar is a level that can be changed while others use it.
type LevelVar struct{ v atomic.Int64 }

func (v *LevelVar) Level() Level   { return Level(v.v.Load()) }
func (v *LevelVar) Set(l Level)    { v.v.Store(int64(l)) }
func (v *LevelVar) String() string { return "LevelVar(" + v.Level().String() + ")" }

// The least level of the logger that Default returns first.
var defaultLevel LevelVar

func SetLogLoggerLevel(level Level) (old Level) {
	old = defaultLevel.Level()
	defaultLevel.Set(level)
	return old
}

var defaultLogger atomic.Pointer[Logger]

func init() { defaultLogger.Store(New(&defaultHandler{})) }

func Default() *Logger { return defaultLogger.Load() }

// SetDefault makes package log write through l, too.
func SetDefault(l *Logger) {
	defaultLogger.Store(l)
	if _, ok := l.handler.(*defaultHandler); !ok {
		log.SetOutput(logWriter{l.handler, LevelInfo})
		log.SetFlags(0)
	}
}

// logWriter makes records of the lines of package log.
type logWriter struct {
	handler Handler
	level   Level
}

func (w logWriter) Write(line []byte) (int, error) {
	if !w.handler.Enabled(context.Background(), w.level) {
		return 0, nil
	}
	text := line
	if len(text) > 0 && text[len(text)-1] == '\n' {
		text = text[:len(text)-1]
	}
	return len(line), w.handler.Handle(context.Background(), NewRecord(time.Now(), w.level, string(text), 0))
}

type Logger struct{ handler Handler }

func New(h Handler) *Logger {
	if h == nil {
		panic("nil Handler")
	}
	return &Logger{h}
}

func NewLogLogger(h Handler, level Level) *log.Logger { return log.New(logWriter{h, level}, "", 0) }

func With(args ...any) *Logger { return Default().With(args...) }

func (l *Logger) Handler() Handler { return l.handler }

func (l *Logger) With(args ...any) *Logger {
	if len(args) == 0 {
		return l
	}
	return &Logger{l.handler.WithAttrs(attrs(args))}
}

func (l *Logger) WithGroup(name string) *Logger {
	if name == "" {
		return l
	}
	return &Logger{l.handler.WithGroup(name)}
}

func (l *Logger) Enabled(ctx context.Context, level Level) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return l.handler.Enabled(ctx, level)
}

func (l *Logger) log(ctx context.Context, level Level, msg string, attrs func(*Record)) {
	if ctx == nil {
		ctx = context.Background()
	}
	if !l.handler.Enabled(ctx, level) {
		return
	}
	r := NewRecord(time.Now(), level, msg, 0)
	attrs(&r)
	_ = l.handler.Handle(ctx, r)
}

func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	l.log(ctx, level, msg, func(r *Record) { r.Add(args...) })
}

func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	l.log(ctx, level, msg, func(r *Record) { r.AddAttrs(attrs...) })
}

func (l *Logger) Debug(msg string, args ...any) { l.Log(nil, LevelDebug, msg, args...) }
func (l *Logger) Info(msg string, args ...any)  { l.Log(nil, LevelInfo, msg, args...) }
func (l *Logger) Warn(msg string, args ...any)  { l.Log(nil, LevelWarn, msg, args...) }
func (l *Logger) Error(msg string, args ...any) { l.Log(nil, LevelError, msg, args...) }

func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.Log(ctx, LevelDebug, msg, args...)
}
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.Log(ctx, LevelInfo, msg, args...)
}
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.Log(ctx, LevelWarn, msg, args...)
}
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.Log(ctx, LevelError, msg, args...)
}

func Debug(msg string, args ...any) { Default().Debug(msg, args...) }
func Info(msg string, args ...any)  { Default().Info(msg, args...) }
func Warn(msg string, args ...any)  { Default().Warn(msg, args...) }
func Error(msg string, args ...any) { Default().Error(msg, args...) }
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().Log(ctx, level, msg, args...)
}
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().LogAttrs(ctx, level, msg, attrs...)
}
func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().DebugContext(ctx, msg, args...)
}
func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().InfoContext(ctx, msg, args...)
}
func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().WarnContext(ctx, msg, args...)
}
func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().ErrorContext(ctx, msg, args...)
}
