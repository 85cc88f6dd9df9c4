// log/slog, as far as it goes.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"time"
)

type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

type point struct{ X, Y int }

func check(what, got, want string) {
	if got != want {
		panic(fmt.Sprintf("%s:\ngot  %s\nwant %s", what, got, want))
	}
}

func noTime(groups []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey && len(groups) == 0 {
		return slog.Attr{}
	}
	return a
}

func main() {
	var out bytes.Buffer
	take := func() string {
		s := out.String()
		out.Reset()
		return s
	}
	l := slog.New(slog.NewTextHandler(&out, nil))
	l.Info("hello world", "n", 3, "s", "a b", "empty", "", "e", errors.New("bad"), "d", time.Second)
	check("text", take(), "time=2000-01-01T00:00:00.000Z level=INFO msg=\"hello world\" n=3 s=\"a b\" empty=\"\" e=bad d=1s\n")
	l.Debug("not shown")
	check("debug", take(), "")

	opts := &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: noTime}
	l = slog.New(slog.NewTextHandler(&out, opts))
	l.Debug("m", "k", point{1, 2}, "lone")
	check("plus", take(), "level=DEBUG msg=m k=\"{X:1 Y:2}\" !BADKEY=lone\n")
	l.With("a", 1).WithGroup("g").With("b", 2).Warn("w", slog.Group("h", "c", 3), "q", "x=y", "p", secret("pw"))
	check("groups", take(), "level=WARN msg=w a=1 g.b=2 g.h.c=3 g.q=\"x=y\" g.p=***\n")
	l.Log(context.Background(), slog.LevelError+2, "e")
	check("level", take(), "level=ERROR+2 msg=e\n")
	l.WithGroup("g").Info("empty group", slog.Group("none"))
	check("empty", take(), "level=INFO msg=\"empty group\"\n")

	j := slog.New(slog.NewJSONHandler(&out, opts))
	j.Info("a \"quoted\"\nline", "i", -1, "f", 1.5, "b", true, "d", time.Millisecond, "n", nil, "e", errors.New("x"), "l", []string{"p", "<q>"})
	check("json", take(), `{"level":"INFO","msg":"a \"quoted\"\nline","i":-1,"f":1.5,"b":true,"d":1000000,"n":null,"e":"x","l":["p","<q>"]}`+"\n")
	j.With("a", 1).WithGroup("g").Error("w", slog.Group("h", slog.Int("c", 3), slog.String("s", "t")), "q", 1)
	check("json groups", take(), `{"level":"ERROR","msg":"w","a":1,"g":{"h":{"c":3,"s":"t"},"q":1}}`+"\n")

	var level slog.LevelVar
	level.Set(slog.LevelWarn)
	v := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: &level, ReplaceAttr: noTime}))
	v.Info("hidden")
	level.Set(slog.LevelInfo)
	v.LogAttrs(context.Background(), slog.LevelInfo, "shown", slog.Bool("ok", true), slog.Uint64("u", 9))
	check("LevelVar", take(), "level=INFO msg=shown ok=true u=9\n")

	log.SetOutput(&out)
	log.SetFlags(0)
	slog.Info("through log", "k", "v")
	check("default", take(), "INFO through log k=v\n")
	slog.SetDefault(l)
	log.Print("from log")
	check("log", take(), "level=INFO msg=\"from log\"\n")
	slog.Warn("to l")
	check("SetDefault", take(), "level=WARN msg=\"to l\"\n")
	check("attr", slog.Any("k", 3).String()+slog.LevelWarn.String()+slog.KindGroup.String(), "k=3WARNGroup")
}
