package privacy

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// The divisions of the mainland, and those of Hong Kong, Macau and Taiwan. A line "=11北京市" is a province; each line
// under it a city, "01石家庄市02长安区 桥西区", with its counties after their two digits, or after a blank if these are
// one more than those before.
//
//go:embed divisions.txt
var mainlandDivisions string

//go:embed divisions_own.txt
var ownDivisions string

// A place is a name of a division.
type place struct {
	name  []rune
	level int  // 1 province, 2 city, 3 county
	short bool // without 省, 市 and the like: counts only where another division follows
}

type divisions struct {
	provinces [100]bool
	codes     []int32 // sorted, of counties and of cities and provinces as their first
	byFirst   map[rune][]place
}

// region says what is known of the six digits of a division.
type region uint8

const (
	regionNone    region = iota // no province begins so
	regionUnknown               // the province exists
	regionKnown
)

func (d *divisions) region(code int) region {
	if code < 100000 || !d.provinces[code/10000] {
		return regionNone
	}
	if _, ok := slices.BinarySearch(d.codes, int32(code)); ok {
		return regionKnown
	}
	return regionUnknown
}

// longest returns the longest place that the characters at i are.
func (d *divisions) longest(v *view, i int) (place, bool) {
	for _, p := range d.byFirst[v.at(i)] {
		if v.has(i, p.name) {
			return p, true
		}
	}
	return place{}, false
}

var divisionTable = sync.OnceValue(func() *divisions {
	d := &divisions{byFirst: make(map[rune][]place)}
	seen := make(map[string]bool)
	add := func(name string, level int) {
		if strings.HasPrefix(name, "市辖") || strings.Contains(name, "直辖") || name == "县" {
			return
		}
		for i, n := range []string{name, shortName(name, level)} {
			if n == "" || seen[n] {
				continue
			}
			seen[n] = true
			n, _ = fold.All.String(n)
			runes := []rune(n)
			d.byFirst[runes[0]] = append(d.byFirst[runes[0]], place{runes, level, i == 1})
		}
	}
	for _, table := range []string{mainlandDivisions, ownDivisions} {
		province := int32(0)
		for line := range strings.Lines(table) {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '=':
				province = twoDigits(line[1:])
				d.provinces[province] = true
				d.codes = append(d.codes, province*10000)
				add(line[3:], 1)
			default:
				city := province*100 + twoDigits(line)
				d.codes = append(d.codes, city*100)
				number, level := int32(0), 2
				for rest := line[2:]; rest != ""; {
					end := strings.IndexAny(rest, " 0123456789")
					if end < 0 {
						end = len(rest)
					}
					add(rest[:end], level)
					level = 3
					if rest = rest[end:]; rest == "" {
						break
					}
					if rest[0] == ' ' {
						number++
						rest = rest[1:]
					} else {
						number = twoDigits(rest)
						rest = rest[2:]
					}
					d.codes = append(d.codes, city*100+number)
				}
			}
		}
	}
	slices.Sort(d.codes)
	for _, places := range d.byFirst {
		slices.SortStableFunc(places, func(a, b place) int { return len(b.name) - len(a.name) })
	}
	return d
})

func twoDigits(s string) int32 { return int32(s[0]-'0')*10 + int32(s[1]-'0') }

// peoples end the short names of regions and prefectures that are named after them too.
var peoples = []string{"壮族", "回族", "维吾尔", "土家族", "苗族", "藏族", "羌族", "彝族", "布依族", "侗族", "哈尼族", "傣族",
	"白族", "景颇族", "傈僳族", "朝鲜族", "蒙古", "蒙古族", "哈萨克", "柯尔克孜"}

// shortName returns the name as people say it, or nothing.
func shortName(name string, level int) string {
	if level == 3 {
		return ""
	}
	short := name
	for _, suffix := range []string{"特别行政区", "自治区", "自治州", "地区", "省", "市", "盟"} {
		if s, ok := strings.CutSuffix(name, suffix); ok {
			short = s
			break
		}
	}
	for cut := true; cut; {
		cut = false
		for _, people := range peoples {
			if s, ok := strings.CutSuffix(short, people); ok && s != "" && short != "内蒙古" {
				short, cut = s, true
			}
		}
	}
	if short == name || len([]rune(short)) < 2 {
		return ""
	}
	return short
}
