package pinyin

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// sandhi changes tones to those that are said. Text without reading separates what influences each other.
func sandhi(s string, units []reading.Unit) {
	for from := 0; from < len(units); {
		if units[from].Sound() == 0 {
			from++
			continue
		}
		to := from + 1
		for to < len(units) && units[to].Sound() != 0 {
			to++
		}
		fluent(s, units[from:to])
		from = to
	}
}

// fluent changes the tones of syllables that are said without a pause.
func fluent(s string, units []reading.Unit) {
	for i := range units {
		switch character(s, units[i]) {
		case "一":
			sayOne(s, units, i)
		case "不":
			switch {
			case i > 0 && i+1 < len(units) && same(s, units[i-1], units[i+1]): // 好不好
				setTone(&units[i], Neutral)
			case i+1 < len(units) && tone(units[i+1]) == 4:
				setTone(&units[i], 2)
			}
		}
	}
	thirdTones(units)
}

// sayOne changes the tone of 一 at i, which keeps its own in numbers and at the end of words.
func sayOne(s string, units []reading.Unit, i int) {
	if i+1 == len(units) || i > 0 && isNumeral(s, units[i-1]) || isNumeral(s, units[i+1]) {
		return
	}
	if i > 0 && !units[i].Begins() && units[i+1].Begins() { // 统一
		return
	}
	switch next := character(s, units[i+1]); {
	case next == "月" || next == "号" || next == "日" || next == "楼" || next == "台":
		return
	case i > 0 && same(s, units[i-1], units[i+1]): // 说一说
		setTone(&units[i], Neutral)
	case tone(units[i+1]) == 4:
		setTone(&units[i], 2)
	case tone(units[i+1]) != Neutral:
		setTone(&units[i], 4)
	}
}

// thirdTones turns the first of two third tones into a second, throughout a word, and between words if one of them is
// a single syllable, as they are then said in one breath.
func thirdTones(units []reading.Unit) {
	single := func(i int) bool {
		return units[i].Begins() && (i+1 == len(units) || units[i+1].Begins())
	}
	for i := range len(units) - 1 {
		if tone(units[i]) == 3 && tone(units[i+1]) == 3 && (!units[i+1].Begins() || single(i) || single(i+1)) {
			setTone(&units[i], 2)
		}
	}
}

func isNumeral(s string, u reading.Unit) bool {
	switch character(s, u) {
	case "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "零", "〇", "第":
		return true
	}
	return false
}

func same(s string, a, b reading.Unit) bool { return character(s, a) == character(s, b) }

// character returns the text of a unit that has a sound.
func character(s string, u reading.Unit) string {
	_, size := utf8.DecodeRuneInString(s[u.Start:])
	return s[u.Start : u.Start+size]
}

func tone(u reading.Unit) int { return Syllable(u.Sound()).Tone() }

func setTone(u *reading.Unit, tone int) { u.SetSound(uint16(Syllable(u.Sound()).WithTone(tone))) }
