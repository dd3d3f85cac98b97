package script

import (
	"iter"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// An entry is what a table knows of one character: in the low bits the character that replaces it if it stands alone,
// above them the state of the trie after it, and flags. An entry that is no more than a character says that nothing
// else has to be looked at. The zero Entry says that it stays.
//
// A character of three bytes is there as these, the first lowest; any other as its number, which has not their form.
type entry uint64

const (
	stateShift       = 24
	outMask    entry = 1<<stateShift - 1
	whole      entry = 1 << 59 // may be a key by itself, or join, whatever follows
	operator   entry = 1 << 60 // may start an ideographic description sequence
	joins      entry = 1 << 61 // the first stage makes of it what may start a phrase of the second
	custom     entry = 1 << 62 // starts a key of the user's dictionary

	closely = whole | operator | custom // a look at the next character does not suffice
)

// The form that a character of three bytes has, the first byte lowest.
const (
	threeMask = 0xc0c0f0
	threeForm = 0x8080e0

	notOverlong = 0x200f // of these bits one is set, if the character could not have been written in two bytes
)

// outOf returns r as an entry has it.
func outOf(r rune) entry {
	if r < 0x800 || r > 0xffff {
		return entry(r)
	}
	return threeForm | entry(r>>12&0xf|r<<2&0x3f00|r<<16&0x3f0000)
}

func (e entry) state() doublearray.State { return doublearray.State(e >> stateShift) }

// out returns what replaces r, whose entry e is.
func (e entry) out(r rune) rune {
	switch {
	case e == 0:
		return r
	case e&threeMask == threeForm:
		return rune(e<<12&0xf000 | e>>2&0xfc0 | e>>16&0x3f)
	}
	return rune(e & outMask)
}

func (e *entry) setOut(r rune)                { *e = *e&^outMask | outOf(r) }
func (e *entry) setState(s doublearray.State) { *e |= entry(s) << stateShift }

const (
	pageBits = 6
	pageSize = 1 << pageBits
)

// chars has the entries of all characters. Pages of 64 in which every character stays share the first page, where all
// entries are zero.
type chars struct {
	index []uint16
	pages [][pageSize]entry
	stays [1 << 8]bool // characters of ASCII that merely stay, set by close; of other bytes false
}

// close is called after the last change.
func (c *chars) close() {
	for r := range rune(utf8.RuneSelf) {
		e := c.at(r)
		c.stays[r] = e == 0 || e == outOf(r)
	}
}

func (c *chars) at(r rune) entry {
	page := int(r) >> pageBits
	if uint(page) >= uint(len(c.index)) {
		return 0
	}
	return c.pages[c.index[page]][r&(pageSize-1)]
}

// entry returns the place of r's entry.
func (c *chars) entry(r rune) *entry {
	if len(c.pages) == 0 {
		c.pages = make([][pageSize]entry, 1)
	}
	page := int(r) >> pageBits
	for len(c.index) <= page {
		c.index = append(c.index, 0)
	}
	if c.index[page] == 0 {
		c.index[page] = uint16(len(c.pages))
		fresh := [pageSize]entry{}
		for i := range fresh {
			fresh[i] = outOf(rune(page<<pageBits | i))
		}
		c.pages = append(c.pages, fresh)
	}
	return &c.pages[c.index[page]][r&(pageSize-1)]
}

// all yields the characters that do not merely stay.
func (c *chars) all() iter.Seq2[rune, entry] {
	return func(yield func(rune, entry) bool) {
		for page, place := range c.index {
			for i, e := range c.pages[place] {
				r := rune(page<<pageBits | i)
				if e != 0 && e != outOf(r) && !yield(r, e) {
					return
				}
			}
		}
	}
}

// append3 is utf8.AppendRune for a character of three bytes.
func append3(dst []byte, r rune) []byte {
	return append(dst, 0xe0|byte(r>>12), 0x80|byte(r>>6&0x3f), 0x80|byte(r&0x3f))
}
