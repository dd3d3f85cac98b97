package ondevice

import (
	"strings"

	"github.com/zhushou-ai/zhushou/locale/when"
)

// supersede returns the time that is meant when later is said after earlier, in the user's words: as
// much of earlier is kept as goes with later. 明天早上八点 and then 九点 is 明天早上九点, 明天早上八点 and then 后天
// is 后天早上八点, and 明天 and then 八点 is 明天八点.
func (r *reading) supersede(earlier, later string) (span, bool) {
	t := newText(earlier)
	if len(t.runes) == 0 {
		return span{}, false
	}
	said, ok := r.whole(later)
	if !ok {
		return span{}, false
	}
	day := said.kind == repeat || said.when.Grain >= when.Day
	for kept := len(t.runes); kept > 0; kept-- {
		if !day || partOfDate(later) {
			head, rest := t.cut(kept)
			if s, ok := r.joined(head, rest, head+later); ok {
				return s, true
			}
		}
		if day {
			rest, tail := t.cut(len(t.runes) - kept)
			if s, ok := r.joined(tail, rest, later+tail); ok {
				return s, true
			}
		}
	}
	return span{}, false
}

// partOfDate reports whether a day leaves open which month it is in: 六号.
func partOfDate(words string) bool {
	return !strings.ContainsAny(words, "月周期拜週") && (strings.HasSuffix(words, "号") || strings.HasSuffix(words, "日") || strings.HasSuffix(words, "號"))
}

// cut returns the words before and behind a rune.
func (t *text) cut(at int) (before, behind string) {
	before, _, _ = t.slice(0, at)
	behind, _, _ = t.slice(at, len(t.runes))
	return before, behind
}

// joined returns the words as one time if both the part of the earlier words that is kept and the part
// that is left out are times, too.
func (r *reading) joined(kept, left, words string) (span, bool) {
	for _, part := range []string{kept, left} {
		if _, ok := r.whole(part); part != "" && !ok {
			return span{}, false
		}
	}
	return r.whole(words)
}

// whole returns the words as one time, if they are one from the first character to the last.
func (r *reading) whole(words string) (span, bool) {
	t := newText(words)
	for _, s := range findSpans(t, r.now) {
		if s.start == 0 && s.end == len(t.runes) && (s.kind == moment || s.kind == repeat) {
			return s, true
		}
	}
	return span{}, false
}
