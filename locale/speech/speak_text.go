package speech

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// rewritesText reports whether the style changes more than what is written in digits and signs.
func (o *Speaking) rewritesText() bool {
	return o.Marks != MarksKeep || o.Simplify || o.DropErhua || o.DropFillers || o.MarkUnknown || o.Abbreviation || o.Capitals || o.SpellAcronyms
}

// speakLikeWeText returns the choices of WeTextProcessing.
func speakLikeWeText() Speaking {
	return Speaking{
		Two: TwoAll, One: Yao, Emoji: EmojiKeep, Marks: MarksHalf, FormalUnits: true, PlainMinus: true, WholeHundred: true,
		AnyMinus: true, PlainYears: true, DayFirst: true, AllDecimals: true, KeepAddresses: true, DropFillers: true, DropErhua: true, Simplify: true, Abbreviation: true,
	}
}

// speakLikeNeMo returns the choices of NeMo-text-processing.
func speakLikeNeMo() Speaking {
	return Speaking{
		Two: TwoPlain, One: Yi, Emoji: EmojiKeep, FormalUnits: true, PlainMinus: true, WholeHundred: true, AllDecimals: true,
		KeepAddresses: true, AnyMinus: true, PlainMinutes: true, KeepHalfDays: true, FormalDays: true, NumbersOnly: true, PlainYears: true, PerBehind: true, Capitals: true,
		NoMonthDay: true,
	}
}

// copyChanged writes the text from done to i with each character in the form that the style asks for.
func (p *speaker) copyChanged(i int) {
	changed := false
	for k := p.done; k < i; {
		_, n := utf8.DecodeRuneInString(p.text[k:])
		from, to := p.back.Original(k), p.back.Original(k+n)
		given := p.given[from:to]
		r, size := utf8.DecodeRuneInString(given)
		k += n
		form := r
		if size < len(given) || r == utf8.RuneError {
			form = r
		} else {
			form = p.form(r)
		}
		if form == r {
			p.out = append(p.out, given...)
			changed = false
			continue
		}
		if p.want && !changed {
			p.spans = append(p.spans, Span{Start: from, OutStart: len(p.out), Kind: Phrase})
		}
		changed = true
		p.out = utf8.AppendRune(p.out, form)
		if p.want {
			s := &p.spans[len(p.spans)-1]
			s.End, s.OutEnd = to, len(p.out)
		}
	}
	p.done = i
}

// form returns the form of a character that the style asks for.
func (p *speaker) form(r rune) rune {
	if p.o.Marks == MarksHalf {
		r = halfWidth(r)
	}
	if p.o.Simplify {
		r = fold.Script.Rune(r)
	}
	return r
}

// Chinese marks and the Western ones that stand for them.
const chineseMarks, westernMarks = "。、“”‘’「」『』《》〈〉【】〔〕〖〗", ".,\"\"''\"\"\"\"<><>[][][]"

// halfWidth returns the half-width form of a character, and the Western one of a Chinese mark.
func halfWidth(r rune) rune {
	if r == '\u3000' {
		return ' '
	}
	if r > '\uFF5E' || r < '“' && r != '‘' && r != '’' {
		return r
	}
	if r >= '\uFF01' {
		return r - '\uFF01' + '!'
	}
	n := 0
	for _, mark := range chineseMarks {
		if mark == r {
			return rune(westernMarks[n])
		}
		n++
	}
	return r
}

// character says the character at i in styles that leave characters out or mark them. It returns where what it has
// said ends, or 0.
func (p *speaker) character(i int, r rune) int {
	next := i + utf8.RuneLen(r)
	switch {
	case p.o.DropErhua && r == '儿' && isHan(p.prev(i)) && !p.syllable(i):
		return p.replace(i, next, Phrase, "")
	case p.o.DropFillers && p.isFiller(i, next):
		return p.replace(i, next, Phrase, "")
	case p.o.MarkUnknown && isUnknown(r):
		p.begin(i)
		p.out = append(p.out, "<oov>"...)
		p.out = append(p.out, p.given[p.back.Original(i):p.back.Original(next)]...)
		p.out = append(p.out, "</oov>"...)
		return p.finish(next, Phrase)
	}
	return 0
}

func (p *speaker) isFiller(i, next int) bool { return p.words.words[p.text[i:next]]&fillerWord != 0 }

// syllable reports whether the 儿 at i is a syllable of a word such as 女儿 and 儿子.
func (p *speaker) syllable(i int) bool {
	const before = 9 // bytes
	for k := max(0, i-before); k <= i; k++ {
		if !utf8.RuneStart(p.text[k]) {
			continue
		}
		if _, end := p.after(k, syllableWord|erhuaWord); end > i {
			return p.longestAfter(k, syllableWord|erhuaWord) == syllableWord
		}
	}
	return false
}

// isUnknown reports whether a voice that speaks Chinese and English does not know the character.
func isUnknown(r rune) bool {
	switch {
	case r < 0x250, isHan(r), 0x2000 <= r && r < 0x2C00, 0x3000 <= r && r < 0x3040, 0x3200 <= r && r < 0x3400, 0xFE30 <= r && r < 0xFF66, 0xFFE0 <= r && r < 0xFFE7, r == utf8.RuneError:
		return false
	case 0x370 <= r && r < 0x400:
		return !strings.ContainsRune("αβγδεθλμπρσφωΔΣΩΦΨ", r)
	}
	return true
}
