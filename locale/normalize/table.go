package normalize

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A key says what is done to single characters. Each has a table.
type key struct {
	form             Form
	keep             bool
	fold             fold.Set
	invisible, bytes bool
	emoji            Emoji
}

func (o Options) key() key {
	k := key{form: o.Form, invisible: o.Invisible, bytes: o.Invalid, emoji: o.Emoji}
	k.keep = o.KeepPunctuation && (o.Form == NFKC || o.Width)
	if o.Width {
		k.fold |= fold.Width
	}
	if o.Case {
		k.fold |= fold.Case
	}
	if o.Script {
		k.fold |= fold.Script
	}
	return k
}

// An entry tells what is done to a character. The zero entry is of one that stays, whatever stands around it.
type entry uint32

const (
	// replaced has the number of the replacement in the lower bits.
	replaced entry = 1 << (iota + 24)
	// kept characters stay, but the next one does not combine with them.
	kept
	// combines: may become one with the characters before.
	combines
	// removed characters are taken out, unless they hold an emoji together.
	removed
	// startsEmoji, isPicture: an emoji may begin here, or does by itself.
	startsEmoji
	isPicture
	// inEmoji: may be inside an emoji, so no part of a text begins here.
	inEmoji

	number entry = 1<<24 - 1
)

const (
	pageBits = 6
	pageSize = 1 << pageBits
)

// A table has the entries of all characters for one key.
type table struct {
	key
	index        []uint16
	pages        [][pageSize]entry
	replacements []string
	ascii        [2]uint64 // the ASCII characters that stay
	lead         [256]bool // the first bytes of three whose characters all stay
}

func (t *table) at(r rune) entry {
	page := int(r) >> pageBits
	if uint(page) >= uint(len(t.index)) {
		return 0
	}
	return t.pages[t.index[page]][r&(pageSize-1)]
}

func (t *table) entry(r rune) *entry {
	page := int(r) >> pageBits
	for len(t.index) <= page {
		t.index = append(t.index, 0)
	}
	if t.index[page] == 0 {
		t.index[page] = uint16(len(t.pages))
		t.pages = append(t.pages, [pageSize]entry{})
	}
	return &t.pages[t.index[page]][r&(pageSize-1)]
}

// tables has those that were needed so far.
var tables struct {
	sync.Mutex
	made atomic.Pointer[map[key]*table]
}

func tableOf(k key) *table {
	if made := tables.made.Load(); made != nil {
		if t := (*made)[k]; t != nil {
			return t
		}
	}
	tables.Lock()
	defer tables.Unlock()
	all := make(map[key]*table)
	if made := tables.made.Load(); made != nil {
		for k, t := range *made {
			all[k] = t
		}
	}
	if all[k] == nil {
		all[k] = newTable(k)
	}
	tables.made.Store(&all)
	return all[k]
}

// chinese are the marks that KeepPunctuation keeps.
const chinese = "，！？：；（）～…"

// blocks are the code points that something may be done to. The others are surrogates, private use and unassigned
// planes.
var blocks = [][2]rune{{0, 0xD7FF}, {0xF900, 0x323AF}, {0xE0000, 0xE0FFF}}

func newTable(k key) *table {
	t := &table{key: k, pages: make([][pageSize]entry, 1)}
	numbers := make(map[string]entry)
	for _, block := range blocks {
		for r := block[0]; r <= block[1]; r++ {
			if e, replacement := t.change(r); e != 0 {
				if e&replaced != 0 {
					n, ok := numbers[replacement]
					if !ok {
						n = entry(len(t.replacements))
						numbers[replacement] = n
						t.replacements = append(t.replacements, replacement)
					}
					e |= n
				}
				*t.entry(r) = e
			}
		}
	}
	if k.emoji != KeepEmoji || k.invisible {
		eachEmoji(func(r rune, picture bool) {
			e := t.entry(r)
			*e |= startsEmoji
			if picture {
				*e |= isPicture
			}
		})
		for r := rune(tagFirst); r <= tagEnd; r++ {
			*t.entry(r) |= inEmoji
		}
		for _, r := range []rune{joiner, textStyle, pictureFace, keycap} {
			*t.entry(r) |= inEmoji
		}
	}
	t.summarize()
	return t
}

// summarize fills what finds quickly that text stays.
func (t *table) summarize() {
	for r := range rune(utf8.RuneSelf) {
		if t.at(r) == 0 {
			t.ascii[r/64] |= 1 << (r % 64)
		}
	}
	for lead := 0xE1; lead <= 0xEF; lead++ {
		stays := lead != 0xED // surrogates
		for r := rune(lead&0xF) << 12; stays && r < rune(lead&0xF+1)<<12; r++ {
			stays = t.at(r) == 0
		}
		t.lead[lead] = stays
	}
}

// change returns what is done to a character that stands alone.
func (t *table) change(r rune) (entry, string) {
	if t.invisible && isInvisible(r) {
		return removed, ""
	}
	if t.keep && r > utf8.RuneSelf && strings.ContainsRune(chinese, r) {
		return kept, ""
	}
	combining, decomposes := t.composition(r)
	if combining {
		return combines, ""
	}
	if !decomposes && t.fold.Rune(r) == r {
		return 0, ""
	}
	s := string(r)
	if changed := string(t.normal(nil, s)); changed != s {
		return replaced, changed
	}
	return 0, ""
}

// composition reports whether r, or what it decomposes to, may become one with the character before it, and whether it
// decomposes at all.
func (t *table) composition(r rune) (combining, decomposes bool) {
	if t.fold&fold.Width != 0 && (r == halfVoiced || r == halfSemiVoiced) {
		return true, false
	}
	form, ok := t.form.norm()
	if !ok || isIdeograph(r) || '\uAC00' <= r && r <= '\uD7A3' {
		return false, false
	}
	var room [utf8.UTFMax]byte
	p := form.Properties(utf8.AppendRune(room[:0], r))
	if first := p.Decomposition(); first != nil {
		return !norm.NFC.Properties(first).BoundaryBefore(), true
	}
	return !p.BoundaryBefore(), false
}

// isIdeograph reports whether r is in the blocks of Han characters that no normalization form changes.
func isIdeograph(r rune) bool {
	return 0x3400 <= r && r <= 0x9FFF || 0x20000 <= r && r < 0x2F800 || 0x30000 <= r && r < 0xE0000
}

// The half-width marks that voice the kana before them.
const (
	halfVoiced     = '\uFF9E'
	halfSemiVoiced = '\uFF9F'
)

// isInvisible reports whether Invisible takes r out. The combining grapheme joiner stays, as the normalization forms
// put it in.
func isInvisible(r rune) bool {
	switch {
	case r < 0x20:
		return r < '\t' || '\r' < r
	case 0x7F <= r && r < 0xA0:
		return r != '\u0085'
	case '\uFE00' <= r && r <= '\uFE0F', '\u180B' <= r && r <= '\u180F', '\U000E0100' <= r && r <= '\U000E01EF':
		return true // variation selectors
	case r == '\u115F', r == '\u1160', r == '\u3164', r == '\uFFA0':
		return true // Hangul fillers
	case r < 0xA0, !unicode.Is(unicode.Cf, r), unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return true
}
