package privacy

import "unicode/utf8"

// Most of a Chinese text is plain characters: no number, code, mailbox or address of a network begins with one, whatever
// follows. A stream that looks for nothing else passes over them without reading them.

// anywhere are the types of data that can begin with any character, such as the name of a street or of an army.
var anywhere = TypesOf(Name, Address, MilitaryID, BirthDate, Coordinates)

const firstHan, lastHan = 0x4E00, 0x9FFF

// A plainSet holds characters of three bytes.
type plainSet [1 << 10]uint64

func (p *plainSet) add(r rune) { p[r>>6] |= 1 << (r & 63) }

func (p *plainSet) has(r rune) bool { return uint32(r) < classified && p[r>>6]>>(r&63)&1 != 0 }

// prefix returns how many bytes at the beginning of s are characters of the set.
func (p *plainSet) prefix(s string) int {
	rest := s
	for ; len(rest) > 3; rest = rest[3:] {
		w := uint32(rest[0]) | uint32(rest[1])<<8 | uint32(rest[2])<<16 | uint32(rest[3])<<24 // one read
		if w&0xC0C0F0 != 0x8080E0 || p[w<<6&0x3C0|w>>8&0x3F]>>(w>>16&0x3F)&1 == 0 {
			return len(s) - len(rest)
		}
	}
	if len(rest) == 3 {
		if r, ok := three(rest, 0); ok && p.has(r) {
			return len(s)
		}
	}
	return len(s) - len(rest)
}

// lastMark returns the end of the last mark that ends a block in s, which is plain, or 0. One at the beginning counts
// if what is before it is plain too: a comma between digits ends nothing.
func (t *classes) lastMark(s string, after bool) int {
	for i := len(s) - 3; i >= 0; i -= 3 {
		if s[i] >= 0xE4 && s[i] <= 0xE9 { // most of them
			continue
		}
		if r, _ := three(s, i); t[uint16(r)]&(mark|comma) != 0 && (i > 0 || after) {
			return i + 3
		}
	}
	return 0
}

// harmless returns the length of the beginning of s with which nothing begins but what can begin anywhere, whatever
// follows: a plain character, or what a plain one follows and is too short.
func (s *Stream) harmless(text string) int {
	var digits, letters, end int
	var last class // but for commas
	for i, r := range text {
		class := s.finder.table.of(r)
		if s.begins.plain.has(r) {
			if end == 0 {
				return utf8.RuneLen(r)
			}
			if last&numeral != 0 && (r == '，' || r == '、') { // 一，三八 is one number
				continue
			}
			return end
		}
		switch last = class; {
		case class&(digit|numeral) != 0 || s.begins.of(r)&spoken != 0:
			digits++
		case class&letter != 0:
			letters++
		case class&province != 0 && i == 0:
		default:
			return 0
		}
		if end = i + utf8.RuneLen(r); digits > 2 || letters > 4 || digits*letters > 0 {
			return 0
		}
	}
	return 0 // more may follow
}
