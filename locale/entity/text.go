package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// folded are the differences that tell nothing to any finder. Case does: m is a metre and M a megabyte.
const folded = fold.Width | fold.Script

// A Text is what a [Finder] reads: the folded view of a text, or of a part of it.
type Text struct {
	source   string // the whole text of the caller
	back     fold.Map
	base     int    // where view begins in the folded text
	view     string // folded
	numerals bool   // there may be a number in it
}

func newText(s string) *Text {
	view, back := folded.String(pauses(s))
	return &Text{source: s, back: back, view: view, numerals: hasNumerals(view)}
}

// part returns the text of the bytes from:to of the view.
func (t *Text) part(from, to int) *Text {
	p := *t
	p.base, p.view = t.base+from, t.view[from:to]
	p.numerals = hasNumerals(p.view)
	return &p
}

// View returns the text in half width and simplified characters, one for each of the caller's. A Finder that folds what
// it is given finds nothing left to fold, which costs no more than a look.
func (t *Text) View() string { return t.view }

// Entity returns the entity of the bytes start:end of the view, without a value. Both must be on the boundaries of
// characters.
func (t *Text) Entity(kind Kind, start, end int) Entity {
	e := Entity{Kind: kind, from: t.base + start, to: t.base + end}
	e.Start, e.End = t.back.Original(e.from), t.back.Original(e.to)
	e.Text = t.source[e.Start:e.End]
	e.runes = utf8.RuneCountInString(e.Text)
	return e
}

// pauses returns s with a full-width comma behind a half-width digit and before another, which is a pause and parts no
// thousands, as the pause that stays one when it is folded: 我要1，200的不要.
func pauses(s string) string {
	const comma, pause = "，", "、" // of the same length
	var b []byte
	for i := 0; ; i += len(comma) {
		k := strings.Index(s[i:], comma)
		if k < 0 {
			break
		}
		i += k
		after, _ := utf8.DecodeRuneInString(s[i+len(comma):])
		if i > 0 && isDigit(rune(s[i-1])) && isDigit(fold.Width.Rune(after)) {
			if b == nil {
				b = []byte(s)
			}
			copy(b[i:], pause)
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// hasNumerals reports whether a folded text has a character without which there is no number in it.
func hasNumerals(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if isDigit(rune(c)) {
				return true
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '〇', '零', '○', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '兆', '两', '半', '几',
			'壹', '弌', '贰', '弍', '叁', '参', '弎', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '俩', '仨', '幺', '廿', '卄', '卅', '卌', '数', '对':
			return true
		}
		i += size
	}
	return false
}
