package privacy

import (
	"slices"
	"unicode/utf8"
)

// A hold follows a block that is not at its end, and knows from where on something may have begun in it, by the rules
// by which it would be found. It is allowed to take more for a beginning than will turn out to be one, never less.
type hold struct {
	block int // where the block begins in the text of the stream
	seen  int // bytes of the block
	all   bool
	from  int // if all: everything from here on waits for the end of the block

	last   rune
	lastAt int
	role   role // of last
	recent [recent]character
	count  int  // of characters
	run    int  // Chinese characters in succession
	runAt  int  // where they begin
	head   role // of the first of them

	spelled [4]int  // where divisions may begin of which more is to come
	spells  int     // how many
	place   opening // an address that begins with a division
	label   opening // one that stands after a label
	glue    bool    // nothing but glue stands after the label
	number  opening // what would begin with the number that may have begun
	gap     int     // characters after its last digit
	naming  bool    // only glue stands after the label of a name
	foreign opening // a name with dots after such a label
	parts   int     // of its characters

	mailing  mailing // the label of a mailbox
	mail     opening // what stands after it, if it may be one with a Chinese name
	mailSize int     // characters of that
}

// recent is how many characters are remembered.
const recent = 16

type character struct {
	role role
	at   int32
}

// An opening is where something may have begun.
type opening struct {
	open bool
	at   int
}

// read goes on to the end of the block as far as it has arrived.
func (h *hold) read(t *beginnings, block string, want Types) {
	for i := h.seen; i < len(block) && !h.all; i = h.seen {
		var r rune
		var size int
		if i+2 < len(block) {
			var ok bool
			if r, ok = three(block, i); ok {
				size = 3
			}
		}
		if size == 0 {
			if !utf8.FullRuneInString(block[i:]) {
				return
			}
			r, size = utf8.DecodeRuneInString(block[i:])
		}
		now := t.of(r)
		if now&unseen == 0 {
			if (h.mailing != noMail || h.mail.open || now&mailWord != 0) && want.Has(Email) {
				h.seeMail(r, now, i, i+size)
			}
			h.see(t, block, r, size, now, want)
			if now&han == 0 {
				h.run = 0
			} else {
				if h.run == 0 {
					h.runAt, h.head = i, now
				}
				h.run++
			}
			h.last, h.lastAt, h.role = r, i, now
			h.recent[h.count%recent] = character{now, int32(i)}
			h.count++
		}
		h.seen = i + size
	}
}

// see looks at the next character.
func (h *hold) see(t *beginnings, block string, r rune, size int, now role, want Types) {
	var lead lead
	if h.role&pairHead != 0 {
		lead = t.lead(h.last, r)
	}
	if now&notable == 0 && lead == 0 && !h.number.open && !h.label.open && !h.naming && !h.foreign.open && h.spells == 0 {
		return
	}
	i := h.seen
	if now&strong != 0 || lead&leadSurname != 0 && want.Has(Name) {
		h.wait(h.earliest(i, want))
		return
	}
	h.seeNumber(i, now, want)
	if want.Has(Name) {
		if (lead&leadTitle != 0 || now&shortTitle != 0) && h.named(i) < i {
			h.wait(h.earliest(i, want))
		}
		h.seeName(i, now, want)
		if lead&leadName != 0 || now&shortLabel != 0 {
			h.naming = true
		}
	}
	if want.Has(Address) {
		if h.seeAddress(block[:i+size], now, lead) {
			h.wait(h.earliest(i, want))
		}
	}
}

// wait holds everything from a place on.
func (h *hold) wait(from int) {
	if !h.all {
		h.all, h.from = true, from
	}
}

// seeNumber looks at the next character for numbers: Chinese digits, and what stands between digits or before them.
// Other digits and letters are waited for from the first on.
func (h *hold) seeNumber(i int, now role, want Types) {
	switch {
	case h.number.open && now&(spoken|ofNumber) != 0:
		h.wait(h.earliest(i, want))
	case now&spoken != 0:
		h.number, h.gap = opening{true, h.earliest(i, want)}, 0
	case now&joins != 0 && h.number.open && h.gap < 8:
		h.gap++
	case now&joins != 0:
		h.number, h.gap = opening{true, h.earliest(i, want)}, 1
	default:
		h.number.open = false
	}
}

// seeName looks at the next character for a name after a label. The label can be part of a name itself, after another one.
func (h *hold) seeName(i int, now role, want Types) {
	given := now&(han|notGiven) == han
	switch {
	case h.foreign.open && now&dot != 0, h.naming && now&surnameHead != 0:
		h.wait(h.earliest(i, want))
	case h.naming && given:
		h.naming = now&nameGlue != 0 // 为 can be both
		h.foreign, h.parts = opening{true, h.foreign.before(i)}, 1
	case h.naming && now&nameGlue != 0:
		h.foreign.open = false
	case h.foreign.open && given && h.parts < 6:
		h.parts++
	default:
		h.naming, h.foreign.open = false, false
	}
}

// seeAddress looks at the last character for addresses, and reports whether there may be one already.
func (h *hold) seeAddress(block string, now role, lead lead) bool {
	spelled := h.spell(block) || lead&leadPlace != 0
	switch {
	case h.glue && now&placeGlue != 0:
	case now&addressStop != 0 && !spelled: // not as 都 in 成都
		h.label.open, h.place.open, h.glue = false, false, false
	default:
		h.glue = false
	}
	if lead&leadPlace != 0 {
		if h.label.open || h.spells == len(h.spelled) {
			return true
		}
		h.spelled[h.spells] = h.lastAt
		h.spells++
	}
	if lead&leadAddress != 0 || now&shortPlace != 0 {
		h.glue = true
		if !h.label.open {
			h.label = opening{true, len(block)}
		}
	}
	return false
}

// spell looks at what the beginnings of divisions have become, and reports whether the last character goes on with one.
func (h *hold) spell(block string) (goesOn bool) {
	kept := 0
	for _, at := range h.spelled[:h.spells] {
		switch whole, more := division(block[at:]); {
		case more:
			h.spelled[kept] = at
			kept++
			goesOn = true
		case whole:
			h.place = opening{true, h.place.before(at)}
		}
	}
	h.spells = kept
	return goesOn
}

// division reports whether a text begins with a division from which an address can go on, or may do so when there is
// more of it.
func division(text string) (whole, more bool) {
	var buffer [32]rune
	chars := buffer[:0]
	for _, r := range text {
		if len(chars) == len(buffer) {
			break
		}
		if !invisible(r) {
			chars = append(chars, folding(unify(r)))
		}
	}
	return divisionIn(chars)
}

// divisionIn does so for characters as tables have them.
func divisionIn(chars []rune) (whole, more bool) {
	for _, p := range divisionTable().byFirst[chars[0]] {
		n := min(len(p.name), len(chars))
		switch {
		case !slices.Equal(p.name[:n], chars[:n]):
		case n < len(p.name):
			more = true
		case !p.short:
			whole = true
		default:
			rest := chars[n:]
			if len(rest) > 0 && (rest[0] == '省' || rest[0] == '市' || rest[0] == ' ') {
				rest = rest[1:]
			}
			if len(rest) == 0 {
				more = true
				continue
			}
			for _, q := range divisionTable().byFirst[rest[0]] {
				n := min(len(q.name), len(rest))
				if slices.Equal(q.name[:n], rest[:n]) {
					whole = whole || n == len(q.name)
					more = more || n < len(q.name)
				}
			}
		}
	}
	return whole, more
}

// before returns the earlier of two places.
func (o opening) before(at int) int {
	if o.open {
		return min(o.at, at)
	}
	return at
}

const streetName = 8 // characters before what a street ends with

// earliest returns where the first of what may have begun begins, but for mailboxes, or the end of what was seen.
func (h *hold) earliest(end int, want Types) int {
	at := end
	if h.all {
		return min(h.from, at)
	}
	if h.spells > 0 {
		at = h.spelled[0]
	}
	at = h.foreign.before(h.number.before(h.label.before(h.place.before(at))))
	if want.Has(Name) {
		at = min(at, h.named(end))
		if h.run > 0 && h.run < 6 && h.head&surnameHead != 0 { // before a number
			at = min(at, h.runAt)
		}
	}
	if want.Has(Plate) && h.role&plateHead != 0 || want.Has(Address) && h.role&placeHead != 0 {
		at = min(at, h.lastAt)
	}
	if want.Has(MilitaryID) {
		at = min(at, h.armed(end))
	}
	if want.Has(Address) {
		at = min(at, h.street(end))
	}
	return at
}

// back returns the role of the character before the last k, and where it begins.
func (h *hold) back(k int) (role, int) {
	if k >= h.count || k >= recent {
		return 0, 0
	}
	c := h.recent[(h.count-1-k)%recent]
	return c.role, int(c.at)
}

// street returns where the name of a street may begin whose end or number is still to come.
func (h *hold) street(at int) int {
	k := 0
	now, from := h.back(k)
	for k < 4 && now&streetEnd != 0 {
		at, k = from, k+1
		now, from = h.back(k)
	}
	for to := k + streetName; k < to && now&(han|streetStop) == han; {
		at, k = from, k+1
		now, from = h.back(k)
	}
	return at
}

// armed returns where the number of a military card may begin.
func (h *hold) armed(at int) int {
	k := 0
	now, from := h.back(k)
	if now&ordinal != 0 {
		k++
		if now, from = h.back(k); now&armyWord == 0 {
			return at
		}
	}
	if now&armyWord != 0 {
		k++
		now, from = h.back(k)
	}
	for to := k + 2; k < to && now&army != 0; {
		at, k = from, k+1
		now, from = h.back(k)
	}
	return at
}

// named returns where a name may begin before a title that is still to come, at least in part.
func (h *hold) named(at int) int {
	var after role // of the character after the one that is looked at
	reach := 2     // characters between a surname and the end
	for k := range 8 {
		now, from := h.back(k)
		if now&han == 0 {
			break
		}
		if now&surnameHead != 0 && (k <= reach || k == reach+1 && now&doubleHead != 0 && after&doubleTail != 0) {
			at = from
		}
		if k == 0 && now&titleHead != 0 || now&elder != 0 {
			reach++
		} else if now&(notGiven|doubleTail) == notGiven {
			break
		}
		after = now
	}
	return at
}
