package pinyin

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

const (
	maxName = 8   // bytes of the longest name, and more
	maxRun  = 512 // letters that Parse takes apart without a separator among them
)

// A letter is a letter of pinyin as names have it, with the tone that is written on it or behind it.
type letter struct {
	r     rune
	tone  int8
	start int // in the text
}

// toned are the letters with a tone mark, without it; the tone is the place in the group of four.
const toned = "āáǎàaēéěèeīíǐìiōóǒòoūúǔùuǖǘǚǜü"

// letterOf returns the letter of a rune, with its tone.
func letterOf(r rune) (letter, bool) {
	r = unicode.ToLower(r)
	switch {
	case r == 'v' || r == 'ü':
		return letter{r: 'ü'}, true
	case r >= 'a' && r <= 'z' || r == 'ê':
		return letter{r: r}, true
	case r == 'ń' || r == 'ň' || r == 'ǹ':
		return letter{r: 'n', tone: map[rune]int8{'ń': 2, 'ň': 3, 'ǹ': 4}[r]}, true
	case r == 'ḿ':
		return letter{r: 'm', tone: 2}, true
	case r == 'ế':
		return letter{r: 'ê', tone: 2}, true
	case r == 'ề':
		return letter{r: 'ê', tone: 4}, true
	}
	place := int8(0)
	for _, t := range toned {
		if place++; t == r && place%5 != 0 {
			plain := rune("aeiou"[min(place/5, 4)])
			if place > 25 {
				plain = 'ü'
			}
			return letter{r: plain, tone: place % 5}, true
		}
	}
	return letter{}, false
}

// toneAfter returns the tone that a rune gives to the letter before it: that of a digit or of a combining mark.
func toneAfter(r rune) (tone int8, ok bool) {
	switch r {
	case '1', '¹', '\u0304':
		return 1, true
	case '2', '²', '\u0301':
		return 2, true
	case '3', '³', '\u030c':
		return 3, true
	case '4', '⁴', '\u0300':
		return 4, true
	case '5', '⁵', '0', '⁰':
		return Neutral, true
	}
	return 0, false
}

// appendLetters appends the letters that s begins with, as many as run has room for, and returns how much of s they
// are.
func appendLetters(run []letter, s string, start int) ([]letter, int) {
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if l, ok := letterOf(r); ok {
			if len(run) == cap(run) {
				return run, at
			}
			l.start = start + at
			run, at = append(run, l), at+size
			continue
		}
		if len(run) == 0 {
			return run, at
		}
		last := &run[len(run)-1]
		switch tone, ok := toneAfter(r); {
		case ok && last.tone == 0:
			last.tone = tone
		case last.r == 'u' && (r == ':' || r == '\u0308'):
			last.r = 'ü'
		case last.r == 'e' && r == '\u0302':
			last.r = 'ê'
		default:
			return run, at
		}
		at += size
	}
	return run, len(s)
}

// join returns the syllable that the letters are, if they are one.
func join(run []letter) (Syllable, bool) {
	var name [maxName]byte
	n, tone := 0, 0
	for i, l := range run {
		if l.tone != 0 {
			if tone != 0 {
				return 0, false
			}
			tone = int(l.tone)
		}
		if i > 0 && l.r == 'ü' && isPalatal(run[i-1].r) {
			l.r = 'u' // jü, qü, xü and yü mean ju, qu, xu and yu
		}
		if l.r == 'u' && i+1 < len(run) && run[i+1].r == 'e' && (run[i].r == 'u' && i > 0 && (run[i-1].r == 'l' || run[i-1].r == 'n')) {
			l.r = 'ü' // lue, nue
		}
		if n+utf8.RuneLen(l.r) > len(name) {
			return 0, false
		}
		n += utf8.EncodeRune(name[n:], l.r)
	}
	at, ok := places()[string(name[:n])]
	if !ok {
		return 0, false
	}
	return Syllable(at<<toneBits | uint16(tone)), true
}

func isPalatal(r rune) bool { return r == 'j' || r == 'q' || r == 'x' || r == 'y' }

// ParseSyllable returns the syllable that is written as s: zhōng, zhong1, zho1ng or zhong, in small or capital letters,
// with ü, v or u: for the vowel ü. Without a tone it has [NoTone].
func ParseSyllable(s string) (Syllable, bool) {
	var room [maxName]letter
	run, size := appendLetters(room[:0], s, 0)
	if size < len(s) || len(run) == 0 {
		return 0, false
	}
	return join(run)
}

// Parse returns the syllables of a text in pinyin: "zhōngguó", "zhong1guo2", "Xī'ān", "nǚ'ér". Anything but letters
// separates them. Where letters can be taken apart in several ways, as few syllables as possible begin with a vowel,
// since the spelling of pinyin sets an apostrophe before these: fangan is fan gan, and fang'an is fang an.
//
// The error tells the first place that is no syllable.
func Parse(s string) ([]Syllable, error) {
	var all []Syllable
	var room [maxRun]letter
	for at := 0; at < len(s); {
		run, size := appendLetters(room[:0], s[at:], at)
		if len(run) == 0 {
			r, size := utf8.DecodeRuneInString(s[at:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError && size == 1 {
				return nil, fmt.Errorf("parse pinyin: %q at byte %d is not pinyin", s[at:at+size], at)
			}
			at += size
			continue
		}
		at += size
		if len(run) == maxRun {
			return nil, fmt.Errorf("parse pinyin: at byte %d are %d letters without a separator", run[0].start, maxRun)
		}
		var bad int
		if all, bad = takeApart(all, run); bad >= 0 {
			end := min(len(s), bad+maxName)
			for end > bad && end < len(s) && !utf8.RuneStart(s[end]) {
				end--
			}
			return nil, fmt.Errorf("parse pinyin: %q at byte %d does not begin with a syllable", s[bad:end], bad)
		}
	}
	return all, nil
}

// takeApart appends the syllables of the letters to all, or returns where there is none, else -1.
func takeApart(all []Syllable, run []letter) ([]Syllable, int) {
	const none = 1 << 30
	var cost [maxRun + 1]int  // of the best way from a letter to the end
	var next [maxRun + 1]int8 // letters of its first syllable
	furthest := 0
	cost[len(run)] = 0
	for i := len(run) - 1; i >= 0; i-- {
		cost[i] = none
		for n := min(maxName, len(run)-i); n > 0; n-- {
			if _, ok := join(run[i : i+n]); !ok || cost[i+n] == none {
				continue
			}
			c := cost[i+n] + 2
			if i > 0 && isVowel(run[i].r) {
				c += 7
			}
			if len(run[i:i+n]) == 1 && !isVowel(run[i].r) {
				c += 20 // m, n, r
			}
			if c < cost[i] {
				cost[i], next[i] = c, int8(n)
			}
		}
		if cost[i] == none {
			furthest = i
		}
	}
	if cost[0] == none {
		return nil, run[furthest].start
	}
	for i := 0; i < len(run); i += int(next[i]) {
		s, _ := join(run[i : i+int(next[i])])
		all = append(all, s)
	}
	return all, -1
}

func isVowel(r rune) bool {
	switch r {
	case 'a', 'e', 'o', 'i', 'u', 'ü', 'ê':
		return true
	}
	return false
}
