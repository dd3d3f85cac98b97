package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

var lunarJavaScript = source{
	registry:  npm,
	name:      "lunar-javascript",
	version:   "1.7.7",
	sha256:    "d1359ab9ca4913d1db3978a42ddfc290eb8ea9de54ce043f5b1f718ff71eea36",
	licence:   "MIT License",
	copyright: "Copyright (c) 2018 6tail",
	tables: []string{
		"locale/calendar/years.bin", "locale/calendar/terms.bin", "locale/calendar/holidays.txt",
		"locale/calendar/testdata/lunar-javascript.txt",
	},
}

var chineseDays = source{
	registry:  npm,
	name:      "chinese-days",
	version:   "1.5.7",
	sha256:    "87fac6624b9f58084c0c05dac7cac86711beef2c05a86284bff880e4fe92f6c0",
	licence:   "MIT License",
	copyright: "Copyright (c) 2024 Yawei sun",
	tables:    []string{"locale/calendar/holidays.txt"},
}

// How many facts calendar.js prints of each kind.
var calendarFacts = map[string]int{"day": 72674, "term": 4800, "holiday": 828}

//go:embed calendar.js
var calendarScript []byte

// calendarTables returns the lunar years, the solar terms, the holidays, and digests that the tests compare with.
func calendarTables(ctx context.Context) ([]file, error) {
	facts, err := lunarFacts(ctx)
	if err != nil {
		return nil, err
	}
	days, err := parseDays(facts["day"])
	if err != nil {
		return nil, err
	}
	years, err := lunarYears(days)
	if err != nil {
		return nil, err
	}
	instants, err := parseTerms(facts["term"])
	if err != nil {
		return nil, err
	}
	terms, err := termTable(instants)
	if err != nil {
		return nil, err
	}
	holidays, err := holidayTable(ctx, facts["holiday"])
	if err != nil {
		return nil, err
	}
	return []file{
		{"locale/calendar/years.bin", years},
		{"locale/calendar/terms.bin", terms},
		{"locale/calendar/holidays.txt", holidays},
		{"locale/calendar/testdata/lunar-javascript.txt", digests(facts["day"], instants)},
	}, nil
}

// lunarFacts returns what calendar.js prints, by the first word of the lines, and without it.
func lunarFacts(ctx context.Context) (map[string][]string, error) {
	files, err := lunarJavaScript.fetch(ctx, "")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "tablegen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"index.js", "lunar.js", "package.json"} {
		if err := os.WriteFile(filepath.Join(dir, name), files[name], 0o600); err != nil {
			return nil, err
		}
	}
	node := exec.CommandContext(ctx, "node", "-", dir)
	node.Stdin, node.Stderr = bytes.NewReader(calendarScript), os.Stderr
	printed, err := node.Output()
	if err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	facts := make(map[string][]string)
	for line := range strings.Lines(string(printed)) {
		kind, fact, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		facts[kind] = append(facts[kind], fact)
	}
	for kind, want := range calendarFacts {
		if n := len(facts[kind]); n != want {
			return nil, fmt.Errorf("%s: %d facts of kind %s, pinned are %d", lunarJavaScript, n, kind, want)
		}
	}
	return facts, nil
}

// A lunarDay is a day in both calendars. The month is negative if it is a leap month.
type lunarDay struct {
	solar            time.Time
	year, month, day int
}

func parseDays(lines []string) ([]lunarDay, error) {
	days := make([]lunarDay, len(lines))
	for i, line := range lines {
		d := &days[i]
		var solar string
		if _, err := fmt.Sscan(line, &solar, &d.year, &d.month, &d.day); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		var err error
		if d.solar, err = time.Parse(time.DateOnly, solar); err != nil {
			return nil, err
		}
		if i > 0 && d.solar.Sub(days[i-1].solar) != 24*time.Hour {
			return nil, fmt.Errorf("%q does not follow the day before", line)
		}
	}
	return days, nil
}

// lunarYears returns three bytes a year, the lowest first: thirteen bits that say which months have thirty days, four
// for the month that is repeated, and five for the days from 21 January to the first day of the year.
func lunarYears(days []lunarDay) ([]byte, error) {
	var table []byte
	for i := 0; i < len(days); {
		first := days[i]
		var packed, month uint32
		for ; i < len(days) && days[i].year == first.year; month++ {
			begin := days[i]
			length := 0
			for ; i < len(days) && days[i].month == begin.month && days[i].year == begin.year; i++ {
				if length++; days[i].day != length {
					return nil, fmt.Errorf("%v: the days of a month do not count", days[i])
				}
			}
			if length != 29 && length != 30 {
				return nil, fmt.Errorf("%v: a month of %d days", begin, length)
			}
			packed |= uint32(length-29) << month
			if begin.month < 0 {
				packed |= uint32(-begin.month) << 13
			}
		}
		offset := first.solar.YearDay() - 21
		if first.month != 1 || offset < 0 || offset > 31 || first.solar.Year() != first.year {
			return nil, fmt.Errorf("%v begins no year", first)
		}
		packed |= uint32(offset) << 17
		table = append(table, byte(packed), byte(packed>>8), byte(packed>>16))
	}
	return table, nil
}

// digests returns what the tests compare with: a line for each kind of fact, with its number and SHA-256.
func digests(days []string, instants []int) []byte {
	minutes := make([]string, len(instants))
	for i, m := range instants {
		minutes[i] = strconv.Itoa(m)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# Made by internal/tablegen from %s.\n", lunarJavaScript)
	for _, kind := range []struct {
		name  string
		lines []string
	}{{"days", days}, {"terms", minutes}} {
		text := strings.Join(kind.lines, "\n")
		fmt.Fprintf(&out, "%s %d %x\n", kind.name, len(kind.lines), sha256.Sum256([]byte(text)))
	}
	return []byte(out.String())
}
