package calendar

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Region is where a festival is kept. Names such as 儿童节 mean another day in each.
type Region uint8

// The regions.
const (
	Everywhere Region = iota
	Mainland
	Taiwan
	HongKong
	Macau
)

const regionNames = "通用大陆台湾香港澳门"

// String returns the name of the region, as in 台湾.
func (r Region) String() string {
	r = min(r, Macau)
	return regionNames[2*han*int(r) : 2*han*int(r)+2*han]
}

// parseRegion returns the region of a name, or one beyond the last.
func parseRegion(name string) Region {
	for r := range Macau + 1 {
		if r.String() == name {
			return r
		}
	}
	return Macau + 1
}

// A Festival is a day that comes back every year, by name, as [FindFestival] returns it. Whether one is off work on it is
// the matter of a [Schedule].
type Festival struct {
	Name    string   // as in 端午节
	Aliases []string // as in 端午 and 龙舟节; not to be changed
	Region  Region
	Since   int // the year of its first day; 0 if that is long ago
	rule    festivalRule
}

//go:embed festivals.txt
var festivalTable string

// festivals are those of the table. The table is part of the program, and a test reads it.
var festivals = sync.OnceValue(func() []Festival {
	list, _ := parseFestivals(festivalTable)
	return list
})

// Festivals returns the festivals of all regions.
func Festivals() []Festival { return slices.Clone(festivals()) }

// FindFestival returns the festival of a name or an alias, in simplified or traditional characters: 端午, 重陽節,
// 父亲节. Of festivals of the same name it returns that of the region, or else the one that is kept everywhere, or that
// of the first region in the order of the constants. Everywhere, the zero Region, prefers the mainland.
func FindFestival(name string, region Region) (f Festival, ok bool) {
	name = simplified(name)
	if region == Everywhere {
		region = Mainland
	}
	best := -1
	rank := func(f *Festival) int {
		switch f.Region {
		case region:
			return 0
		case Everywhere:
			return 1
		}
		return 1 + int(f.Region)
	}
	list := festivals()
	for i := range list {
		if list[i].named(name) && (best < 0 || rank(&list[i]) < rank(&list[best])) {
			best = i
		}
	}
	if best < 0 {
		return Festival{}, false
	}
	return list[best], true
}

func (f *Festival) named(name string) bool { return f.Name == name || slices.Contains(f.Aliases, name) }

// FestivalsOn returns the festivals of the day, of all regions. It is empty on most days. Outside the range of the
// lunar calendar there are only those of the Gregorian one.
func FestivalsOn(d Date) []Festival {
	var found []Festival
	list := festivals()
	day := dayFacts(d)
	for i := range list {
		if f := &list[i]; day.year >= f.Since && f.rule.matches(day) {
			found = append(found, *f)
		}
	}
	return found
}

// Of returns the day of the festival in a year of the calendar that it belongs to: a lunar one for 除夕, which is on
// 2027-02-05 in 2026, a Gregorian one for 清明节 and 母亲节. The error wraps ErrRange if the day is out of range of the
// tables, and there is also one in years before the first of the festival.
func (f Festival) Of(year int) (Date, error) {
	d, err := f.rule.of(year)
	if err == nil && d.Year() < f.Since {
		return Date{}, f.tooEarly(d.Year())
	}
	return d, err
}

// In returns the first day of the festival in a Gregorian year: 除夕 in 2026 is on 2026-02-16. This is what people mean
// by 2026年除夕. A festival of the last lunar month can be missing in a Gregorian year and come twice in another, such
// as 腊八节 in 2023 and 2022; where it is missing there is an error, as there is of Of.
func (f Festival) In(year int) (Date, error) {
	if err := checkYear(year); err != nil {
		return Date{}, err
	}
	from := NewDate(year, 1, 1)
	if f.rule.kind == lunarDay && year == FirstYear {
		from = Date{firstDay}
	}
	d, err := f.Next(from)
	switch {
	case err != nil || d.Year() == year:
		return d, err
	case year < f.Since:
		return Date{}, f.tooEarly(year)
	}
	return Date{}, fmt.Errorf("calendar: %s is not in %d, the next is on %v", f.Name, year, d)
}

func (f Festival) tooEarly(year int) error {
	return fmt.Errorf("calendar: %s is kept since %d, not in %d", f.Name, f.Since, year)
}

// Next returns the first day of the festival that is not before from. The error wraps ErrRange if that is out of range
// of the tables.
func (f Festival) Next(from Date) (Date, error) {
	year, err := f.rule.yearAt(from)
	if year = max(year, f.Since-1); err != nil && year >= f.Since {
		return Date{}, err
	}
	for ; ; year++ {
		d, err := f.rule.of(year)
		if err != nil || !d.Before(from) && d.Year() >= f.Since {
			return d, err
		}
	}
}

// parseFestivals reads the form that festivals.txt describes.
func parseFestivals(text string) ([]Festival, error) {
	var list []Festival
	region := Everywhere
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			if region = parseRegion(strings.Trim(line, "[]")); region > Macau {
				return nil, fmt.Errorf("calendar: region %q of festivals", line)
			}
			continue
		}
		names, rule, _ := strings.Cut(line, ":")
		f := Festival{Region: region}
		all := strings.Fields(names)
		if len(all) == 0 {
			return nil, fmt.Errorf("calendar: festival %q has no name", line)
		}
		f.Name, f.Aliases = all[0], all[1:]
		var err error
		if f.rule, f.Since, err = parseFestivalRule(rule); err != nil {
			return nil, fmt.Errorf("calendar: festival %q: %w", line, err)
		}
		list = append(list, f)
	}
	return list, nil
}
