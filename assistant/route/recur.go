package route

import (
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// What was private once is private where it is said again. 我叫张伟 holds a name; 张伟的贺卡怎么写, a turn
// later, holds the same one, and nothing tells that it does. A tier that recalls what it masks knows what stands
// in its own request, in whichever message; what was said in a turn that stays at home no masker can know.

// along says which turns go along with the current one to a tier, and why the current one must not go if
// it says again what stays at home. The stray values are those that nothing that goes may say again.
func (c *call) along(t *tier) (goes []bool, stray []value, no Reason) {
	current := c.conv.current()
	goes = make([]bool, len(c.conv.turns))
	g := c.p.grants[t.Place]
	for i := range goes {
		goes[i] = i == current || current-i <= g.history.Turns && c.mayFollow(t, i)
	}
	all := c.values(g)
	for changed := len(all) > 0; changed; {
		changed = false
		stray = slices.DeleteFunc(slices.Clone(all), func(v value) bool {
			return t.Masks && t.Recalls && g.mask.Has(v.t) && c.goesWith(goes, v)
		})
		for i := range goes {
			if !goes[i] || !c.recurs(c.conv.facts(i, c.p.rules).texts, stray) {
				continue
			}
			if i == current {
				return goes, stray, PersonalData
			}
			goes[i], changed = false, true
		}
	}
	return goes, stray, ""
}

// repeats returns why the current turn must not go to a tier, if it says again what stays at home.
func (c *call) repeats(t *tier) Reason {
	if len(c.values(c.p.grants[t.Place])) == 0 { // as in most conversations
		return ""
	}
	_, _, no := c.along(t)
	return no
}

// values returns the personal data in the conversation that is kept or masked.
func (c *call) values(g *grant) []value {
	var all []value
	for i := range c.conv.turns {
		for _, v := range c.conv.facts(i, c.p.rules).values {
			if (g.keep | g.mask).Has(v.t) && !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// goesWith reports whether a masker finds a value somewhere in the turns that go.
func (c *call) goesWith(goes []bool, v value) bool {
	for i := range goes {
		if f := c.conv.facts(i, c.p.rules); goes[i] && f.hidden&privacy.TypesOf(v.t) == 0 && slices.Contains(f.values, v) {
			return true
		}
	}
	return false
}

// recurs reports whether one of the values stands in a text where it is not found by itself.
func (c *call) recurs(texts []string, values []value) bool {
	for _, s := range texts {
		for _, v := range values {
			if strings.Contains(s, v.text) && c.bare(s, v.text) {
				return true
			}
		}
	}
	return false
}

// bare reports whether a value stands in a text outside of what is found there.
func (c *call) bare(s, v string) bool {
	from := 0
	for x := range c.p.detector.Find(s) {
		if strings.Contains(s[from:x.Start], v) {
			return true
		}
		from = max(from, x.End)
	}
	return strings.Contains(s[from:], v)
}
