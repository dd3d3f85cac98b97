package segment

import (
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

// run reads what starts at offset i of the text, which is no Chinese character, into the block from place n on; the
// first place is there already. It returns how many places it takes, and where it ends, which is i if there is no room.
func (b *block) run(n, i, size int) (places, end int) {
	end = i + size
	switch k := b.places[n].kind(); k {
	case letter, digit:
		end, k = b.latin(i)
		longest := longRun
		if k == letter && b.user == nil {
			longest = longestLatin
		}
		if places = b.spread(n, i, end, longest); places == 0 {
			return 0, i
		}
		b.places[n] = b.places[n].withKind(k)
		return places, end
	case kana, hangul, space:
		for end < len(b.text) {
			if k == space && solid(b.text[end]) {
				break
			}
			r, size := decode.Rune(b.text, end)
			if kind := b.glyph(r).kind(); kind != k && kind != mark {
				break
			}
			end += size
		}
		if k == space {
			return 1, end
		}
		if places = b.spread(n, i, end, longRun); places == 0 {
			return 0, i
		}
		return places, end
	case punctuation, dot, other:
		for end < len(b.text) && b.text[end] == b.text[i] && strings.HasPrefix(b.text[end:], b.text[i:i+size]) && b.repeats(i) {
			end += size
		}
	case emoji:
		end = b.emoji(i, end)
	case mark:
		if n > 0 {
			return 0, end
		}
	}
	return 1, end
}

// spread makes a place of each character of a run, so that words may start and end with it; of one with more than longest
// characters, a single place. It returns how many it has made, 0 if there is no room.
func (b *block) spread(n, i, end, longest int) int {
	places := 0
	for j := i; j < end; {
		r, size := rune(b.text[j]), 1
		if r >= utf8.RuneSelf {
			r, size = decode.Rune(b.text, j)
		}
		g := b.glyph(r)
		j += size
		if g.kind() == mark {
			continue
		}
		if places == longest {
			b.places[n], b.code[n], b.first[n] = b.places[n].withUnit(1).withAlone(NoTag, b.unknown), 0, 0
			return 1
		}
		if n+places == blockSize {
			return 0
		}
		p := n + places
		b.store(p, j-size, r, g)
		b.places[p] = g.place.withUnit(0)
		places++
	}
	b.places[n] = b.places[n].withUnit(places)
	if places > 1 {
		b.places[n] = b.places[n].withAlone(NoTag, b.unknown)
	}
	return places
}

// folded returns the folded rune at offset i, its size and its kind; 0, 0 and space at the end of the text.
func (b *block) folded(i int) (rune, int, kind) {
	if i >= len(b.text) {
		return 0, 0, space
	}
	r, size := decode.Rune(b.text, i)
	return fold.All.Rune(r), size, b.glyph(r).kind()
}

// latin returns where the name, number or address that starts with the letter or digit at offset i ends, and whether
// it has letters or is made of digits.
func (b *block) latin(i int) (end int, k kind) {
	if end := b.address(i); end > 0 {
		return end, letter
	}
	end, letters, digits := b.alphanumeric(i)
	last := digits // digits since the last connection
	pointed := false
	for b.connects(end) {
		r, size, _ := b.folded(end)
		if !strings.ContainsRune(".,-_'’&@/:%‰+#", r) {
			break
		}
		next, moreLetters, moreDigits := b.alphanumeric(end + size)
		numbers := letters+moreLetters == 0 && moreDigits > 0
		joins := false
		switch r {
		case '.':
			joins = numbers || letters > 0 && moreLetters+min(digits, moreDigits) > 0
			pointed = true
		case ',':
			joins = numbers && moreDigits == 3 && last <= 3 && !pointed
		case '-':
			joins = numbers && dashed(last, moreDigits) || moreLetters > 0 || letters > 0 && moreDigits > 0
		case '_', '@':
			joins = moreLetters+moreDigits > 0
		case '\'', '’', '&':
			joins = letters > 0 && moreLetters > 0
		case '/':
			joins = numbers
		case ':':
			joins = numbers && last <= 2 && moreDigits == 2
		case '%', '‰':
			if letters == 0 {
				return end + size, digit
			}
		case '+':
			if second, more, _ := b.folded(end + size); second == '+' && letters > 0 {
				next, joins = end+size+more, true // g++
			}
		case '#':
			joins = letters == 1 && digits == 0 && moreLetters+moreDigits == 0 // F#
		}
		if !joins {
			break
		}
		end, last = next, moreDigits
		letters, digits = letters+moreLetters, digits+moreDigits
	}
	if letters > 0 {
		return end, letter
	}
	return end, digit
}

// connects reports whether there may be a connection at offset i, by a look at one byte.
func (b *block) connects(i int) bool {
	if i >= len(b.text) {
		return false
	}
	c := b.text[i]
	return c > ' ' && (c < 0xe3 || c == 0xef)
}

// dashed reports whether two runs of so many digits with a dash between them are one number: a date or a telephone
// number.
func dashed(before, after int) bool {
	return before == 4 && after == 2 || before == 2 && after <= 2 || (before == 3 || before == 4) && (after == 7 || after == 8)
}

// alphanumeric returns where the letters and digits from offset i on end, and how many there are.
func (b *block) alphanumeric(i int) (end, letters, digits int) {
	for i < len(b.text) {
		size, k := 1, other
		if c := b.text[i]; c < utf8.RuneSelf {
			k = b.ascii[c]
		} else {
			var r rune
			r, size = decode.Rune(b.text, i)
			k = b.glyph(r).kind()
		}
		switch k {
		case letter:
			letters++
		case digit:
			digits++
		case mark:
		default:
			return i, letters, digits
		}
		i += size
	}
	return i, letters, digits
}

// repeats reports whether the character at offset i makes one mark with others like it: …… or ——.
func (b *block) repeats(i int) bool {
	r, _, _ := b.folded(i)
	return r > 0 && strings.ContainsRune("…—─━～~.-=_*·•・﹏", r)
}

// address returns the end of the URL that starts at offset i, 0 if none does.
func (b *block) address(i int) int {
	if c := b.text[i]; c < utf8.RuneSelf && c|0x20 != 'h' && c|0x20 != 'f' && c|0x20 != 'w' {
		return 0
	}
	scheme := 0
	switch r, _, _ := b.folded(i); r {
	case 'h':
		scheme = max(b.prefix(i, "http://"), b.prefix(i, "https://"))
	case 'f':
		scheme = b.prefix(i, "ftp://")
	case 'w':
		scheme = b.prefix(i, "www.")
	}
	if scheme == 0 {
		return 0
	}
	last := 0 // where the last character ends that an address may end with
	for end := scheme; ; {
		r, size, _ := b.folded(end)
		if r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>`{}|\\^", r) {
			return last
		}
		end += size
		if !strings.ContainsRune(".,;:!?'()[]*", r) {
			last = end
		}
	}
}

// prefix returns where a folded prefix of what starts at offset i ends, 0 if it is not there.
func (b *block) prefix(i int, prefix string) int {
	for _, want := range prefix {
		r, size, _ := b.folded(i)
		if r != want {
			return 0
		}
		i += size
	}
	return i
}

// emoji returns the end of the emoji that starts at offset i with the character before end: with it go what modifies
// it, what a joiner binds to it, and the second letter of a flag.
func (b *block) emoji(i, end int) int {
	const joiner = '\u200d'
	first, _ := decode.Rune(b.text, i)
	flag := isRegional(first)
	for joined := false; end < len(b.text); {
		r, size := decode.Rune(b.text, end)
		switch k := b.glyph(r).kind(); {
		case joined && k != space:
		case k == mark, r >= 0x1f3fb && r <= 0x1f3ff:
		case flag && isRegional(r):
			flag = false
		default:
			return end
		}
		joined = r == joiner
		end += size
	}
	return end
}

func isRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }
