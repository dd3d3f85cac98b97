package ondevice

import (
	"slices"
	"sync"
)

// excesses stand before what there is too much of.
var excesses = sync.OnceValue(func() [][]rune {
	return folded("太 有点 有点儿 有些 过于 太过 实在太 真是太 好像太")
})

// complain gives words that say what there is too much of the other value of their argument, which has two: who says 太暗
// wants it brighter.
func (t *text) complain(tool *tool, names []span) {
	for i := range names {
		s := &names[i]
		a := &tool.args[s.arg]
		if a.form != choice || len(a.options) != 2 || s.listed {
			continue
		}
		if _, ok := (stretch{t, 0, s.start}).before(excesses()); !ok {
			continue
		}
		if k := slices.IndexFunc(a.options, func(o option) bool { return string(o.json) == s.json }); k >= 0 {
			s.json = string(a.options[1-k].json)
		}
	}
}
