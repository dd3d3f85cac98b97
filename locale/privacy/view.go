package privacy

import (
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A view is a block as the rules read it: characters folded, invisible ones left out, digits in circles written plainly.
type view struct {
	text       string // the whole text
	start, end int    // the block in it
	r          []rune // letters keep their case
	c          []class
	from, to   []int32 // where a character begins and ends, relative to base
	base       int
	lead       int // characters that stand before the block, for their neighbours' sake
	cues       []cue
	groups     []group
	found      []Finding
	table      *classes
	words      *cueWords
}

// A cue is a word of the table in the view.
type cue struct {
	kind     cueKind
	from, to int
	colon    bool // it counts for a name only with a colon after it
}

var views = sync.Pool{New: func() any { return new(view) }}

// read makes a view of text[start:end].
func (v *view) read(text string, start, end int) {
	v.text, v.start, v.end = text, start, end
	v.r, v.c, v.from, v.to = v.r[:0], v.c[:0], v.from[:0], v.to[:0]
	v.cues, v.found = v.cues[:0], v.found[:0]
	v.lead = 0
	v.base = max(0, start-lookBehind)
	for v.base < start && !utf8.RuneStart(text[v.base]) {
		v.base++
	}
	for i := v.base; i < end; {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:end])
		}
		from := i - v.base
		i += size
		c := v.table.of(r)
		switch {
		case r < utf8.RuneSelf:
		case invisible(r):
			continue
		case c&digit != 0 && circledValue(r) >= 0:
			r = '0' + rune(circledValue(r))
		default:
			r = unify(folded.Rune(r))
		}
		if i <= start {
			v.lead++
		}
		v.r = append(v.r, r)
		v.c = append(v.c, c)
		v.from = append(v.from, int32(from))
		v.to = append(v.to, int32(i-v.base))
	}
	v.findCues()
}

const folded = fold.Width | fold.Script

// invisible reports whether a character is not seen and only hides what it stands in.
func invisible(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF:
		return true
	}
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE007F
}

// unify writes the kinds of blanks, hyphens and dots as one each.
func unify(r rune) rune {
	switch r {
	case '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f', '\u3000':
		return ' '
	case '‐', '‑', '‒', '–', '—', '―', '－', '−', '﹣', '─', 'ー':
		return '-'
	case '•', '‧', '∙', '⋅', '・', '●', '˙':
		return '·'
	}
	return r
}

// at returns the character at i, or 0 outside of the view.
func (v *view) at(i int) rune {
	if i < 0 || i >= len(v.r) {
		return 0
	}
	return v.r[i]
}

// is reports whether the character at i has one of the classes.
func (v *view) is(i int, c class) bool { return i >= 0 && i < len(v.c) && v.c[i]&c != 0 }

// lower returns the character at i in lower case.
func (v *view) lower(i int) rune {
	r := v.at(i)
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// upper returns the character at i in upper case.
func (v *view) upper(i int) rune {
	r := v.at(i)
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	return r
}

// has reports whether the characters at i are those given, which are folded.
func (v *view) has(i int, chars []rune) bool {
	if i < 0 || i+len(chars) > len(v.r) {
		return false
	}
	for k, r := range chars {
		if v.lower(i+k) != r {
			return false
		}
	}
	return true
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF || r == '〇'
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isHex(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' }

// value returns the digit at i, which has the class of one.
func (v *view) value(i int) byte {
	if r := v.r[i]; isDigit(r) {
		return byte(r - '0')
	}
	return byte(numeralValue(v.r[i]))
}

// add notes a finding of the characters from:to.
func (v *view) add(t Type, from, to int, check Check, confidence Confidence, reasons Reasons) {
	if from >= to || v.from[from]+int32(v.base) < int32(v.start) {
		return
	}
	v.found = append(v.found, Finding{
		Type: t, Start: v.base + int(v.from[from]), End: v.base + int(v.to[to-1]),
		Check: check, Confidence: confidence, Reasons: reasons,
	})
}

// findCues notes all cues of the block, in order. Of those that begin at one place, the longest counts.
func (v *view) findCues() {
	for i := v.lead; i < len(v.r); {
		n := 0
		if r := v.lower(i); r < classified && v.words.firsts[r/64]>>(r%64)&1 != 0 {
			for _, w := range v.words.byFirst[r] {
				if !v.has(i, w.text) || w.latin && (v.is(i-1, letter) || v.is(i+len(w.text), letter)) {
					continue
				}
				for _, kind := range w.kinds {
					// The number of an identity card is still that if it is called 身份证编号.
					if last := len(v.cues) - 1; kind == cueOther && last >= 0 && v.cues[last].to == i && v.cues[last].kind != cueOther {
						continue
					}
					v.cues = append(v.cues, cue{kind, i, i + len(w.text), w.colon})
				}
				n = len(w.text)
				break
			}
		}
		i += max(n, 1)
	}
}

// labelled reports whether a label of the kind stands directly before i.
func (v *view) labelled(i int, kind cueKind) bool {
	for k := len(v.cues) - 1; k >= 0; k-- {
		q := v.cues[k]
		if q.to > i {
			continue
		}
		if !v.glue(q.to, i) {
			return false
		}
		if q.kind == kind {
			return true
		}
	}
	return false
}

// near reports whether a cue of the kind stands before i in the block, and none for another number between them.
func (v *view) near(i int, kind cueKind) bool {
	for k := len(v.cues) - 1; k >= 0; k-- {
		q := v.cues[k]
		switch {
		case q.to > i:
		case i-q.to > 24 || q.kind == cueOther:
			return false
		case q.kind == kind:
			return true
		}
	}
	return false
}

// glue reports whether nothing but words like 号码是 and punctuation stand between two places.
func (v *view) glue(from, to int) bool {
	if to-from > 16 {
		return false
	}
	for i := from; i < to; i++ {
		switch v.r[i] {
		case ' ', ':', '=', '号', '码', '编', '是', '为', '的', '"', '\'', '“', '”', '‘', '’', '「', '『', '(', '[', '{', '<', '>', '【', '〔', '《',
			'|', '/', '、', '\\', '-', '_', '#', '·', '.', '了', '人', '我', '个', '\n', '*', '`', '→', '~', '卡', '证', '件', '请', '到', '加', '都', '就', '有', '用', '改', '成', '尾', '本', '他', '她', '您', '你', '+', '及', '和', 'N', 'n', 'o', 'O', 'i', 'd', 'I', 'D':
		default:
			return false
		}
	}
	return true
}

// folding returns the form of a character that tables have.
func folding(r rune) rune { return fold.All.Rune(r) }
