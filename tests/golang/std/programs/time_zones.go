// Zones of the system: around transitions, before the first one, after the last one; and what Parse and the
// marshalled forms make of them.
package main

import (
	"fmt"
	"time"
)

func load(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

func main() {
	names := []string{"America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Dublin",
		"America/Sao_Paulo", "Etc/GMT+5"}
	times := []time.Time{
		time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1945, 5, 24, 2, 0, 0, 0, time.UTC),
		time.Date(2011, 3, 13, 9, 59, 59, 0, time.UTC),
		time.Date(2011, 3, 13, 10, 0, 0, 0, time.UTC),
		time.Date(2024, 10, 27, 0, 59, 59, 0, time.UTC),
		time.Date(2024, 10, 27, 1, 0, 0, 0, time.UTC),
		time.Date(2060, 1, 15, 12, 0, 0, 0, time.UTC),
		time.Date(2060, 7, 15, 12, 0, 0, 0, time.UTC),
		time.Date(2100, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	for _, name := range names {
		loc := load(name)
		for _, t := range times {
			in := t.In(loc)
			fmt.Println(name, in, in.Weekday(), in.YearDay(), in.IsDST())
		}
		for hour := 0; hour < 4; hour++ {
			for _, day := range [][3]int{{2011, 3, 13}, {2011, 11, 6}, {2060, 3, 14}, {2060, 11, 7}, {2024, 10, 27}} {
				t := time.Date(day[0], time.Month(day[1]), day[2], hour, 30, 0, 0, loc)
				fmt.Println(name, hour, t, t.UTC())
			}
		}
		start, end := time.Date(2015, 6, 1, 0, 0, 0, 0, loc).ZoneBounds()
		fmt.Println(name, start, end)
	}
	parsing()
	marshalling()
	for _, name := range []string{"No/Such", "../etc/passwd", "/etc/passwd", "", "UTC", "Local"} {
		fmt.Println(time.LoadLocation(name))
	}
}

func parsing() {
	berlin := load("Europe/Berlin")
	for _, text := range []string{
		"2024-07-01 10:00:00 CEST", "2024-07-01 10:00:00 CET", "2024-07-01 10:00:00 PST", "2024-07-01 10:00:00 GMT-3",
		"2024-07-01 10:00:00 WITA", "2024-07-01 10:00:00 abc", "2024-02-30 10:00:00 CET", "2024-07-01  10:00:00 CET",
		"2024-07-01 25:00:00 CET", "2024-07-01 10:00:00.5 CET", "2024-07-01 10:00:00,25 CET", "2024-07-01 10:00:00 CET!",
	} {
		fmt.Println(time.ParseInLocation("2006-01-02 15:04:05 MST", text, berlin))
	}
	for _, text := range []string{
		"2024-07-01T10:00:00+02:00", "2024-07-01T10:00:00-00:00", "2024-07-01T10:00:00Z", "2024-07-01T10:00:00+2:00",
		"2024-7-01T10:00:00Z", "2024-07-01T10:00:00.123456789123Z",
	} {
		t, err := time.ParseInLocation(time.RFC3339, text, berlin)
		fmt.Println(t, err)
	}
	for _, pair := range [][2]string{
		{"2006 002", "2024 366"}, {"2006 002", "2023 366"}, {"2006 __2", "2023  60"}, {"2006-01-02 002", "2023-01-02 003"},
		{"3:04PM", "1:02AM"}, {"3:04pm", "12:02am"}, {"Jan _2", "feb  9"}, {"Monday", "tuesday"},
		{"15:04:05.000", "10:11:12.-12"}, {"15:04:05.000", "10:11:12.3456"}, {"05.99", "12"}, {"02", "\x01\"é"},
	} {
		fmt.Println(time.Parse(pair[0], pair[1]))
	}
}

func marshalling() {
	for _, t := range []time.Time{
		time.Date(2024, 7, 1, 10, 0, 0, 5, load("Europe/Berlin")),
		time.Date(2024, 7, 1, 10, 0, 0, 0, time.UTC),
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2024, 7, 1, 10, 0, 0, 0, time.FixedZone("odd", 3601)),
		time.Date(2024, 7, 1, 10, 0, 0, 0, time.FixedZone("minute", -60)),
		{},
	} {
		data, err := t.MarshalBinary()
		fmt.Println(data, err)
		var back time.Time
		fmt.Println(back.UnmarshalBinary(data), back.Equal(t))
		text, err := t.MarshalJSON()
		fmt.Println(string(text), err)
		if err == nil {
			fmt.Println(back.UnmarshalJSON(text), back.Equal(t))
		}
		text, err = t.MarshalText()
		fmt.Println(string(text), err)
	}
	fmt.Printf("%#v\n", time.Date(2024, 7, 1, 10, 0, 0, 5, load("Europe/Berlin")))
}
