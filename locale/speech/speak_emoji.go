package speech

import (
	"strings"
	"unicode/utf8"
)

// Characters that join, colour and choose emoji.
const (
	joiner       = '\u200D'
	pictureStyle = '\uFE0F'
	textStyle    = '\uFE0E'
	keycapRing   = '\u20E3'
)

// pictures are the characters below U+1F000 that are emoji on their own.
const pictures = "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗❤➕➖➗➰➿⬛⬜⭐⭕"

// emoji says, drops or keeps the emoji at i, with all that is joined to it, and returns where it ends, or 0.
func (p *speaker) emoji(i int, r rune) int {
	if r < 0x203C || r > 0x3299 && r < 0x1F000 || r > 0x1FBFF {
		return 0
	}
	end := p.emojiEnd(i, r)
	if end == i {
		return 0
	}
	if p.o.Emoji == EmojiKeep {
		return end
	}
	p.begin(i)
	if p.o.Emoji == EmojiName {
		p.say(p.emojiName(p.text[i:end]))
	}
	return p.finish(end, Symbol)
}

// emojiEnd returns where the emoji at i ends, or i if there is none.
func (p *speaker) emojiEnd(i int, r rune) int {
	k := i + utf8.RuneLen(r)
	switch {
	case isRegional(r):
		if next := p.at(k); isRegional(next) {
			k += utf8.RuneLen(next)
		}
		return k
	case p.at(k) == textStyle:
		return i
	case r >= 0x1F000, p.at(k) == pictureStyle && r != '℃', strings.ContainsRune(pictures, r):
	default:
		return i
	}
	for k < len(p.text) {
		next, n := utf8.DecodeRuneInString(p.text[k:])
		switch {
		case next == pictureStyle || isSkinTone(next) || 0xE0020 <= next && next <= 0xE007F || next == keycapRing:
			k += n
		case next == joiner:
			k += n
			if r, n := utf8.DecodeRuneInString(p.text[k:]); r >= 0x2190 && r < 0x3300 || r >= 0x1F000 && r <= 0x1FBFF {
				k += n
			}
		default:
			return k
		}
	}
	return k
}

func isRegional(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

func isSkinTone(r rune) bool { return 0x1F3FB <= r && r <= 0x1F3FF }

// emojiName returns the name of an emoji, whatever its colours, or of the first of those that are joined.
func (p *speaker) emojiName(e string) string {
	const longest = 64 // bytes
	if len(e) > longest {
		e = e[:longest]
	}
	if name, ok := p.words.emoji[e]; ok {
		return name
	}
	first, n := utf8.DecodeRuneInString(e)
	if isRegional(first) {
		return ""
	}
	return p.words.emoji[e[:n]]
}

// keycap says a digit in a keycap as the digit: 1️⃣.
func (p *speaker) keycap(i, j int) int {
	if j-i != 1 {
		return 0
	}
	k := j
	if p.at(k) == pictureStyle {
		k += utf8.RuneLen(pictureStyle)
	}
	if p.at(k) != keycapRing {
		return 0
	}
	p.begin(i)
	p.sayDigits(p.text[i:j])
	return p.finish(k+utf8.RuneLen(keycapRing), Symbol)
}
