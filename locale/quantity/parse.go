package quantity

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/number"
)

const maxRunes = 256 // of a text given to Parse

// ErrUnit is wrapped by the error of [Parse] and [ParseUnit] for a unit that is missing or unknown.
var ErrUnit = errors.New("no known unit")

// Parse reads s, which must be one quantity from end to end, white space around it aside. The error wraps
// [ErrUnit] or a [*number.ParseError]. The text may have at most 256 characters.
func Parse(s string) (Quantity, error) { return Options{}.Parse(s) }

// Parse is [Parse] under these options.
func (o Options) Parse(s string) (Quantity, error) {
	text := strings.TrimSpace(s)
	if utf8.RuneCountInString(text) > maxRunes {
		return Quantity{}, fmt.Errorf("parse quantity %q: longer than %d characters", brief(s), maxRunes)
	}
	text, _ = view.String(text)
	for m := range o.find(text) {
		if m.Start == 0 && m.End == len(text) && !m.Bare {
			return m.Quantity, nil
		}
		break
	}
	if o.Amounts {
		if q, err := o.plainAmount(text); err == nil {
			return q, nil
		}
	}
	// What Find is too careful for: a number that only the unit at the end sets free.
	f := &finder{Options: o, s: text, names: names()}
	for i := range text {
		if a, end := f.unitAt(i, false); i > 0 && a.text != "" && a.part <= 1 && skip(text, end, "整", "正") == len(text) {
			if a.unit == 0 { // 元
				a.unit = o.yuan()
			}
			n, err := number.Parse(text[:i])
			if err != nil {
				return Quantity{}, fmt.Errorf("parse quantity %q: %w", brief(s), err)
			}
			return Quantity{Number: n, High: n, Unit: a.unit}, nil
		}
	}
	return Quantity{}, fmt.Errorf("parse quantity %q: %w at its end", brief(s), ErrUnit)
}

// plainAmount reads a number without a unit as an amount of money.
func (o Options) plainAmount(s string) (Quantity, error) {
	start, end := 0, len(s)
	before, after := Exact, Exact
	for i := range s {
		if b, from := boundBefore(s, 0, i); b != Exact && from == 0 && i > start {
			before, start = b, i
		}
	}
	for i := range s {
		if b, e := boundAfter(s, i); b != Exact && e == len(s) && i > start && end == len(s) {
			after, end = b, i
		}
	}
	low, high, err := number.Options{}.ParseRange(strings.TrimSuffix(s[start:end], "之间"))
	if err != nil {
		return Quantity{}, err
	}
	q := Quantity{Number: low, High: high, Unit: o.yuan(), Bound: weigh(before, after)}
	switch {
	case high.Cmp(low) > 0:
		q.Bound = Between
	case q.Bound == Exact && low.Approx:
		q.Bound = About
	}
	return q, nil
}

// ParseUnit returns the unit with the given Chinese name or symbol, the measure word, or the currency with
// the given name, symbol or code. The error wraps [ErrUnit].
func ParseUnit(s string) (Unit, error) {
	text, _ := view.String(strings.TrimSpace(s))
	if u := Currency(text); u != 0 {
		return u, nil
	}
	f := &finder{s: text, names: names()}
	if a, end := f.unitAt(0, false); end == len(text) && a.text != "" && a.part <= 1 {
		if a.unit == 0 {
			return Currency("CNY"), nil
		}
		return a.unit, nil
	}
	return 0, fmt.Errorf("parse unit %q: %w", brief(s), ErrUnit)
}

// brief cuts s to a length fit for an error.
func brief(s string) string {
	const keep = 64
	n := 0
	for i := range s {
		if n++; n > keep {
			return s[:i] + "…"
		}
	}
	return s
}
