package pinyin

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// sandhi changes tones to those that are said. Text without reading separates what influences each other.
func sandhi(s string, p *reading.Passage) {
	for from := 0; from < len(p.Sounds); {
		to := p.End(from)
		if p.Sounds[from] == 0 {
			from = to
			continue
		}
		for to < len(p.Sounds) && p.Sounds[to] != 0 {
			to++
		}
		speech{s, p, from, to}.fluent()
		from = to
	}
}

// A speech is syllables that are said without a pause: the places from from to to of a passage of a text.
type speech struct {
	text string
	*reading.Passage
	from, to int
}

// fluent changes the tones.
func (x speech) fluent() {
	for k := x.from; k < x.to; k++ {
		switch x.character(k) {
		case "一":
			x.sayOne(k)
		case "不":
			switch {
			case k > x.from && k+1 < x.to && x.same(k-1, k+1): // 好不好
				x.setTone(k, Neutral)
			case k+1 < x.to && x.tone(k+1) == 4:
				x.setTone(k, 2)
			}
		}
	}
	x.thirdTones()
}

// sayOne changes the tone of 一 at place k, which keeps its own in numbers and at the end of words.
func (x speech) sayOne(k int) {
	first := k == x.from
	if k+1 == x.to || !first && x.isNumeral(k-1) || x.isNumeral(k+1) {
		return
	}
	if !first && !x.Begins(k) && x.Begins(k+1) { // 统一
		return
	}
	switch next := x.character(k + 1); {
	case next == "月" || next == "号" || next == "日" || next == "楼" || next == "台":
		return
	case !first && x.same(k-1, k+1): // 说一说
		x.setTone(k, Neutral)
	case x.tone(k+1) == 4:
		x.setTone(k, 2)
	case x.tone(k+1) != Neutral:
		x.setTone(k, 4)
	}
}

// thirdTones turns the first of two third tones into a second, throughout a word, and between words if one of them is
// a single syllable, as they are then said in one breath.
func (x speech) thirdTones() {
	single := func(k int) bool { return x.Begins(k) && (k+1 == x.to || x.Begins(k+1)) }
	for k := x.from; k+1 < x.to; k++ {
		if x.tone(k) == 3 && x.tone(k+1) == 3 && (!x.Begins(k+1) || single(k) || single(k+1)) {
			x.setTone(k, 2)
		}
	}
}

func (x speech) isNumeral(k int) bool {
	switch x.character(k) {
	case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "零", "〇", "第":
		return true
	}
	return false
}

func (x speech) same(i, k int) bool { return x.character(i) == x.character(k) }

// character returns the character at place k.
func (x speech) character(k int) string {
	start := x.At[k]
	_, size := utf8.DecodeRuneInString(x.text[start:])
	return x.text[start : start+size]
}

func (x speech) tone(k int) int { return Syllable(x.Sounds[k]).Tone() }

func (x speech) setTone(k, tone int) { x.Sounds[k] = uint16(Syllable(x.Sounds[k]).WithTone(tone)) }
