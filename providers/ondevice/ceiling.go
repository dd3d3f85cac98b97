package ondevice

import (
	"slices"
	"strings"
	"sync"
)

// What people say around the most that something may cost.
var (
	ceilingLeads = sync.OnceValue(func() [][]rune {
		return folded("不要超过 不能超过 不可超过 不超过 别超过 唔好超过 唔超过 不要高于 不高于 别高于 低于 少于 最多 最贵 最高 顶多 预算 平过 便宜过")
	})
	ceilingUnits  = sync.OnceValue(func() [][]rune { return folded("块钱 元钱 块 元 圆 蚊") })
	ceilingTrails = sync.OnceValue(func() [][]rune { return folded("以下 以内 之内 之下 以里 内") })
)

// ceiling returns the words around a number that say with it how much something may be at most, from 不要超过 to 块以下, and
// whether more than a unit does so.
func (t *text) ceiling(s *span) (around stretch, most bool) {
	around = stretch{t, s.start, s.end}
	for _, words := range [][][]rune{ceilingUnits(), ceilingTrails()} {
		for _, w := range words {
			if end := around.to + len(w); end <= len(t.runes) && slices.Equal(t.runes[around.to:end], w) {
				around.to, most = end, &words[0] == &ceilingTrails()[0]
				break
			}
		}
	}
	for _, w := range ceilingLeads() {
		if from := around.from - len(w); from >= 0 && slices.Equal(t.runes[from:around.from], w) {
			around.from, most = from, true
			break
		}
	}
	return around, most
}

// counted reports whether a number counts things: 一个, 两样.
func (t *text) counted(s *span) bool {
	if s.kind != numeric || s.ceiling > 0 {
		return false
	}
	last := t.runes[s.end-1]
	return strings.ContainsRune(counters, last) || s.end < len(t.runes) && strings.ContainsRune(counters, t.runes[s.end])
}

// counters are the words that things are counted with, but not money.
const counters = "个件台只把条样双盒瓶本份部支张套口包款颗根顶床辆"

// bounded reports whether an argument is the most that something may be.
func (a argument) bounded() bool {
	return (a.form == decimal || a.form == integer) && (strings.Contains(a.about, "最多") || strings.Contains(a.about, "不超过") || strings.Contains(a.about, "最高"))
}

// underCeiling takes what something may cost at most out of a text, where the tool has an argument for that: 平底锅，不要超过
// 三百块.
func (w *filling) underCeiling(l fill, spans []span) fill {
	for ai, a := range w.tool.args {
		if !a.bounded() {
			continue
		}
		for k := range spans {
			s := &spans[k]
			if s.kind != numeric {
				continue
			}
			around, most := w.text.ceiling(s)
			if most && s.start >= l.start && s.end <= l.end && len(w.values[ai]) == 0 && w.put(ai, s) {
				switch {
				case around.to >= l.end:
					l.end = max(l.start, around.from)
				case around.from <= l.start:
					l.start = min(l.end, around.to)
				}
			}
			if len(w.values[ai]) == 0 {
				continue
			}
			switch { // 块以下 behind the number, 不超过 before it
			case l.start >= s.end:
				l.start = min(l.end, max(l.start, around.to))
			case l.end <= s.start:
				l.end = max(l.start, min(l.end, around.from))
			}
		}
	}
	return l
}

// swallows reports whether a free text of a phrase holds what something may cost at most, which the call does not have.
func (t *tool) swallows(said *text, w *whole, spans []span, c Candidate) bool {
	return slices.ContainsFunc(t.args, func(a argument) bool {
		return a.bounded() && !slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.Name == a.name }) && slices.ContainsFunc(w.fills, func(l fill) bool {
			return l.span == nil && slices.ContainsFunc(spans, func(s span) bool {
				if s.kind != numeric || s.start < l.start || s.end > l.end {
					return false
				}
				_, most := said.ceiling(&s)
				return most
			})
		})
	})
}
