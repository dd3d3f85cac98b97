package speech

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed units.txt
var unitTable string

//go:embed currencies.txt
var currencyTable string

// unit is a line of units.txt.
type unit struct {
	dimension string   // or empty for a currency
	formal    string   // 千米
	everyday  string   // 公里
	symbols   []string // km
	doubtful  []string // symbols that are also something else: G, K
	names     []string // other names
}

// currency is a line of currencies.txt.
type currency struct {
	code string // CNY
	unit
}

var units = sync.OnceValue(func() []unit {
	var all []unit
	for fields := range tableLines(unitTable) {
		all = append(all, newUnit(fields))
	}
	return all
})

var currencies = sync.OnceValue(func() []currency {
	var all []currency
	for fields := range tableLines(currencyTable) {
		c := currency{code: fields[0], unit: newUnit(fields)}
		c.dimension = ""
		all = append(all, c)
	}
	return all
})

// newUnit reads the fields of a line: group, formal name, everyday name or =, symbols, and other names behind a bar.
func newUnit(fields []string) unit {
	u := unit{dimension: fields[0], formal: fields[1], everyday: fields[2]}
	if u.everyday == "=" {
		u.everyday = u.formal
	}
	named := false
	for _, f := range fields[3:] {
		symbol, doubtful := strings.CutSuffix(f, "?")
		switch {
		case f == "|":
			named = true
		case named:
			u.names = append(u.names, f)
		case doubtful:
			u.doubtful = append(u.doubtful, symbol)
		default:
			u.symbols = append(u.symbols, f)
		}
	}
	return u
}

// tableLines yields the fields of the lines of a table but for comments.
func tableLines(table string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			if fields := strings.Fields(line); len(fields) > 0 && fields[0][0] != '#' && !yield(fields) {
				return
			}
		}
	}
}
