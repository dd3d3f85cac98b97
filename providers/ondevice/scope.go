package ondevice

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// The kinds of values that slots of phrases take. Those of names come behind, one for each argument of
// each tool.
const (
	kindMoment pattern.Kind = iota + 1
	kindPeriod
	kindRepeat
	kindNumber
	kindLater // a moment said as a length of time from now
	kindNames // and beyond
)

// kindsOf returns the kinds of values that an argument takes. Names of it have the kind names.
func (a argument) kindsOf(names pattern.Kind) []pattern.Kind {
	switch a.form {
	case timeText:
		return []pattern.Kind{kindMoment, kindRepeat, kindPeriod}
	case dateTime, date, clock:
		return []pattern.Kind{kindMoment}
	case duration:
		return []pattern.Kind{kindPeriod, kindLater}
	case rule:
		return []pattern.Kind{kindRepeat}
	case decimal, integer:
		if a.unit != 0 {
			return []pattern.Kind{kindPeriod, kindLater, kindNumber, names}
		}
		return []pattern.Kind{kindNumber, names}
	case boolean, choice:
		return []pattern.Kind{names}
	case freeText:
		return []pattern.Kind{names, pattern.Text}
	}
	return nil
}

// scope returns what the names in the phrases of a tool mean. Its names have the kinds from names on, by
// argument.
func (t *tool) scope(names pattern.Kind) *pattern.Scope {
	s := &pattern.Scope{Rules: t.rules, Lists: make(map[string][]string), Kinds: make(map[string][]pattern.Kind)}
	for list, values := range t.lists {
		for _, v := range values {
			s.Lists[list] = append(s.Lists[list], v.phrase())
		}
	}
	for i, a := range t.args {
		if kinds := a.kindsOf(names + pattern.Kind(i)); kinds != nil {
			s.Kinds[a.name] = kinds
		}
	}
	return s
}

// phrase returns what a value is called as alternatives.
func (n Name) phrase() string {
	if len(n.Aliases) == 0 {
		return n.Text
	}
	return "(" + strings.Join(append([]string{n.Text}, n.Aliases...), "|") + ")"
}

func (n Name) value() string { return cmp.Or(n.Value, n.Text) }

// samples returns sentences that a phrase describes, with the names of arguments in braces, for those
// who learn from sentences.
func samples(phrase string, scope *pattern.Scope, limit int) ([]string, error) {
	e, err := pattern.Parse(pattern.Phrase{Text: phrase, Scope: scope})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, pieces := range e.Sentences(limit) {
		var b strings.Builder
		for _, p := range pieces {
			if p.Slot.Name != "" {
				fmt.Fprintf(&b, "{%s}", p.Slot.Name)
				continue
			}
			b.WriteString(p.Text)
		}
		out = append(out, b.String())
	}
	return out, nil
}
