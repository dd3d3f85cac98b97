package privacy

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A text is cut into blocks, which end at punctuation and have a bounded length, and each block is looked at by itself.
// So what is found does not depend on how the text arrives, takes time in proportion to its length, and needs no more
// of the text than one block.
const (
	maxBlock   = 1024             // bytes in a block
	keptBlock  = maxBlock * 3 / 4 // of a block without punctuation: the rest is looked at again with what follows
	lookBehind = 16               // bytes before a block that decide whether a number begins there
)

// Traits say what there is in a block. Most have nothing that a finding needs.
type traits struct {
	digits   int // in all
	numerals int // Chinese ones, in all
	token    int // letters and digits in succession
	longest  int // of these, with a digit
	colons   int
	dots     int  // after digits
	hyphens  int  // after letters and digits
	at       bool // an @
	plate    bool // what a plate begins with
	tokenHas bool // a digit
	hot      bool // a cue, or the characters of a door
}

// A cutter finds the blocks that have something in them. It can go on where the text it was given last has ended.
type cutter struct {
	start  int // of the block
	next   int // rune to be looked at
	last   rune
	before class // of the last rune
	traits traits
}

// A cut is what the cutter came to.
type cut uint8

const (
	more   cut = iota // the end of the text, if more may follow
	end               // the end of the text
	block             // the end of a block
	forced            // the end of a block without punctuation
)

// cut goes on to the end of the next block that is not empty, and returns its bounds. After a forced cut, the caller
// settles where the next block begins.
func (c *cutter) cut(s string, final bool, table *classes, cues *cueWords) (from, to int, has traits, why cut) {
	i, last, before, t := c.next, c.last, c.before, c.traits
	limit := min(len(s), c.start+maxBlock)
	for {
		for i < limit {
			// Most of a Chinese text is characters without a class, and those that begin a cue are followed by others.
			if before == 0 {
				for i+2 < limit {
					r, ok := three(s, i)
					if !ok {
						break
					}
					if now := table[uint16(r)]; now != 0 {
						if (now == mark || now == comma) && t.empty() {
							i += 3
							c.start, last, t = i, 0, traits{}
							limit = min(len(s), i+maxBlock)
							continue
						}
						if now != starter || i+5 >= limit {
							break
						}
						if next, ok := three(s, i+3); !ok || cues.mayBegin(r, next) {
							break
						}
					}
					i += 3
					last = r
				}
				if i >= limit {
					break
				}
			}
			var r rune
			size := 1
			b := s[i]
			switch {
			case b < utf8.RuneSelf:
				r = rune(b)
				if table[b]&letter == 0 {
					break
				}
				// Latin words at once.
				to := i + 1
				for to < limit && s[to] < utf8.RuneSelf && table[s[to]]&letter != 0 {
					to++
				}
				if to == len(s) && !final {
					c.next, c.last, c.before, c.traits = i, last, before, t
					return 0, 0, t, more
				}
				t.plate = t.plate || before&province != 0
				t.hot = t.hot || t.token == 0 && cues.latin>>(b&31)&1 != 0 && cues.heads[head(s[i:to])]
				t.token += to - i
				last, before = rune(s[to-1]), letter
				i = to
				continue
			case b >= 0xE0 && b < 0xF0 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
				r, size = rune(b&0x0F)<<12|rune(s[i+1]&0x3F)<<6|rune(s[i+2]&0x3F), 3
			case !final && !utf8.FullRuneInString(s[i:]):
				c.next, c.last, c.before, c.traits = i, last, before, t
				return 0, 0, t, more
			default:
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			now := table.of(r)
			if now == 0 {
				if before != 0 {
					if before&starter != 0 && before&letter == 0 && cues.begins(last, r) {
						t.hot = true
					}
					if before&word != 0 {
						t.endToken()
					}
				}
				last, before = r, 0
				i += size
				continue
			}
			ends := now&mark != 0 && !(r == '\n' && (last == ':' || last == '：'))
			if now&comma != 0 {
				ends = true
				if before&(digit|numeral) != 0 {
					if !final && !utf8.FullRuneInString(s[i+size:]) {
						c.next, c.last, c.before, c.traits = i, last, before, t
						return 0, 0, t, more
					}
					after, _ := utf8.DecodeRuneInString(s[i+size:])
					ends = after != ' ' && table.of(after)&(digit|numeral) == 0
				}
			}
			t.see(now, before, last, r, cues)
			last, before = r, now
			i += size
			if !ends {
				continue
			}
			if !t.empty() {
				from = c.start
				c.settle(i)
				return from, i, t, block
			}
			c.start, last, before, t = i, 0, 0, traits{}
			limit = min(len(s), i+maxBlock)
		}
		switch {
		case i < c.start+maxBlock && !final:
			c.next, c.last, c.before, c.traits = i, last, before, t
			return 0, 0, t, more
		case i < c.start+maxBlock && t.empty():
			c.settle(i)
			return i, i, t, end
		case i < c.start+maxBlock:
			from = c.start
			c.settle(i)
			return from, i, t, block
		}
		return c.start, i, t, forced
	}
}

// three is the rune of the three bytes at offset i, if they are one rune.
func three(s string, i int) (r rune, ok bool) {
	a, b := s[i], uint32(s[i+1])<<8|uint32(s[i+2])
	return rune(a&0x0F)<<12 | rune(b>>2&0xFC0) | rune(b&0x3F), a&0xF0 == 0xE0 && b&0xC0C0 == 0x8080
}

// see counts a rune of the class now, r, after one of the class before, last.
func (t *traits) see(now, before class, last, r rune, cues *cueWords) {
	if before&province != 0 && now&word != 0 {
		t.plate = true
	}
	if before&starter != 0 && before&letter == 0 && cues.begins(last, r) {
		t.hot = true
	}
	switch {
	case now&word != 0:
		t.token++
		if now&digit != 0 {
			t.digits++
			t.tokenHas = true
		}
	case before&word != 0:
		t.endToken()
	}
	switch {
	case now&numeral != 0:
		t.numerals++
	case now&special == 0:
	case r == '.' || r == '．':
		t.dots += int(before & digit / digit)
	case r == ':' || r == '：':
		t.colons++
		t.hot = t.hot || cues.last[fold.All.Rune(last)]
	case r == '-' || r == '－':
		t.hyphens += int(min(before&word, 1))
	case r == '@' || r == '＠':
		t.at = true
	case before&(digit|numeral) != 0:
		t.hot = true
	}
}

// head packs the first letters of a Latin word.
func head(letters string) uint32 {
	packed := uint32(0)
	for i := range min(len(letters), headSize) {
		packed = packed<<8 | uint32(letters[i]|0x20)
	}
	return packed
}

func (t *traits) endToken() {
	if t.tokenHas {
		t.longest = max(t.longest, t.token)
	}
	t.token, t.tokenHas = 0, false
}

// settle starts the next block.
func (c *cutter) settle(at int) { *c = cutter{start: at, next: at} }

// empty reports that there can be nothing in the block.
func (t *traits) empty() bool {
	t.endToken()
	return !t.hot && !t.at && !t.plate && t.hyphens < 5 && (t.digits < 5 && t.dots < 3) && t.numerals+t.digits < 7 && t.colons < 2 && t.longest < 17
}
