package ondevice

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// putText gives free text to the argument.
func (w *filling) putText(l fill) {
	a := w.tool.args[l.arg]
	l = w.text.fromWord(l)
	if l.start < l.end && w.text.runes[l.start] == '了' && w.text.tokens[l.start].end == l.start+1 {
		return // a remark behind a whole sentence: 不用提醒我了我记得住
	}
	l = w.text.unforgotten(l, a)
	source, start, end := w.text.clean(l.start, l.end)
	if source == "" || len(w.values[l.arg]) > 0 && !a.list || w.text.hollow(l.start, l.end) || w.empty(a, source) {
		return
	}
	pieces := []string{source}
	if a.list {
		pieces = splitList(source)
	}
	lists := w.reading.listsOf(w.tool, l.arg)
	if len(lists) == 0 && utf8.RuneCountInString(source) <= maxBareVerb && w.tool.verb(source) {
		return
	}
	for _, p := range pieces {
		slot := Slot{Source: source, Start: start, End: end}
		if len(lists) > 0 {
			name, distance, sure, ok := nearest(lists, p)
			open := slices.ContainsFunc(lists, func(n *Names) bool { return n.open })
			if ok && !sure && !open && ordinary(p) {
				ok = false
			}
			if !ok && !open {
				name, ok = w.within(l, lists)
			}
			if !ok && a.digits && isNumber(p) {
				name, distance, ok = p, 0, true
			}
			if !ok {
				if !open {
					w.bad = append(w.bad, Invalid{a.name, p, "is in no list of names"})
					continue
				}
			} else if p = name; distance > 0 {
				slot.Origin = Heard
				w.heard += distance
				w.doubtful = w.doubtful || !sure
			}
		}
		w.set(l.arg, quote(p), slot)
	}
}

// fromWord returns a text without the rest of a word of seeking that it begins in: 找找 in 找找羽绒服.
func (t *text) fromWord(l fill) fill {
	if i := l.start - 1; i >= 0 && t.tokens[i].class&looks != 0 && t.tokens[i].end > l.start && t.tokens[i].end < l.end {
		l.start = t.tokens[i].end
	}
	return l
}

// unforgotten returns a text without what says that it must not be forgotten, unless it is somebody else's to read.
func (t *text) unforgotten(l fill, a argument) fill {
	if s, ok := (stretch{t, l.start, l.end}).marks().before(forgotten()); ok && !s.empty() && roleOf(a.name, a.about, "") != prosaic {
		l.end = s.to
	}
	return l
}

var forgotten = sync.OnceValue(func() [][]rune {
	return folded("别忘了 别忘记 别忘 不要忘了 可别忘了 千万别忘了 啊别忘了 呀别忘了")
})

// within returns the longest name of the lists that stands in a text: 零食 in 好吃的零食.
func (w *filling) within(l fill, lists []*Names) (value string, ok bool) {
	most := 0
	for _, n := range lists {
		for _, h := range w.text.written(n) {
			if h.Start >= l.start && h.End <= l.end && h.End-h.Start > most {
				value, most = n.index.Value(h.Name), h.End-h.Start
			}
		}
	}
	return value, most > 0
}

// maxBareVerb bounds the characters of a text that may be no more than what the tool does.
const maxBareVerb = 4

// verb reports whether a text is one character that says what the tool does, with words around it that mean nothing: 响 and
// 都要响 for an alarm.
func (t *tool) verb(said string) bool {
	text := newText(said)
	meant := -1
	for i := 0; i < len(text.runes); i = text.tokens[i].end {
		if text.tokens[i].class&filler != 0 {
			continue
		}
		if meant >= 0 || text.tokens[i].end != i+1 {
			return false
		}
		meant = i
	}
	return meant >= 0 && slices.Contains(foldString(t.spec.Description), text.runes[meant])
}

// particles count, place or point to something, and are nothing by themselves: 里 in 日程里删掉, 条 in 删条提醒.
const particles = "一里中内上下外前后边条个些点款件只把台本张次回首位份项种样几两俩找"

// empty reports whether a text only says again what the argument or the tool is: 商品 for what to search
// for, where the tool searches goods.
func (w *filling) empty(a argument, source string) bool {
	said := string(foldString(source))
	if said != "" && strings.Trim(strings.TrimLeft(said, "来要弄搞整开定设加"), particles) == "" || said+"名" == string(foldString(a.label())) {
		return true
	}
	switch said {
	case "东西", "什么", "内容", "啥", "重新", "再", "另外", "顺便", "然后", "接着":
		return true
	}
	return utf8.RuneCountInString(said) > 1 &&
		(said == string(foldString(a.label())) || strings.HasSuffix(string(foldString(firstClause(w.tool.spec.Description))), said))
}

// listMarks makes what stands between the elements of a list one mark.
var listMarks = strings.NewReplacer("还有", "、", "還有", "、", "以及", "、", "和", "、", "跟", "、", "，", "、", ",", "、")

func splitList(s string) []string {
	s = listMarks.Replace(s)
	var out []string
	for p := range strings.SplitSeq(s, "、") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
