package names

import "github.com/zhushou-ai/zhushou/locale/pinyin"

// A voice is a text with its sounds.
type voice struct {
	codes  []uint16
	sounds []sound
}

// A heard is what was said, to be compared with many names.
type heard struct {
	voice
	others           []sound // for each character another reading, or 0
	phonology        *phonology
	initials, finals *matrix

	keeps bool    // costs are kept, because many names are compared
	costs []uint8 // of each syllable for each character, and 1; 0 if it is not worked out yet; none if no one was
}

// hear takes in a text of which codes are the codes. With readings, characters also count in their second reading, because
// who wrote them only heard them.
func (h *heard) hear(text []rune, codes []uint16, readings bool) {
	h.phonology = phonetics()
	h.initials, h.finals = unlike()
	h.codes, h.sounds = codes, h.phonology.listen(h.sounds[:0], text)
	h.others = append(h.others[:0], make([]sound, len(text))...)
	h.keeps, h.costs = readings, h.costs[:0]
	for i, r := range text {
		if !readings || isDigit(r) || h.sounds[i] == 0 {
			continue
		}
		for _, y := range pinyin.Readings(r)[:min(2, len(pinyin.Readings(r)))] {
			if s := h.phonology.sound(y); s.syllable() != h.sounds[i].syllable() {
				h.others[i] = s
				break
			}
		}
	}
}

// key returns that of the i-th character.
func (h *heard) key(i int) uint16 { return h.phonology.key(h.sounds[i], h.codes[i]) }

// other returns the cost of another character in the place of the i-th.
func (h *heard) other(i int, code uint16, s sound) int {
	switch {
	case h.codes[i] == code:
		return 0
	case h.sounds[i] == 0 || s == 0:
		return whole
	}
	c := h.reading(i, s)
	if h.sounds[i].tone() != s.tone() {
		c += otherTone
	}
	return min(c, whole)
}

// reading returns the cost of a syllable in the place of the i-th character.
func (h *heard) reading(i int, s sound) int {
	if !h.keeps {
		return h.either(i, s)
	}
	if len(h.costs) == 0 {
		h.costs = append(h.costs, make([]uint8, len(h.sounds)*len(h.phonology.syllables))...)
	}
	cost := &h.costs[i*len(h.phonology.syllables)+s.syllable()]
	if *cost == 0 {
		*cost = uint8(h.either(i, s) + 1)
	}
	return int(*cost - 1)
}

// either returns the cost for the reading of the i-th character that is nearer to a syllable.
func (h *heard) either(i int, s sound) int {
	c := h.syllables(h.sounds[i], s)
	if h.others[i] != 0 {
		c = min(c, otherReading+h.syllables(h.others[i], s))
	}
	return c
}

// syllables returns the cost of a syllable for another one.
func (h *heard) syllables(a, b sound) int {
	x, y := h.phonology.syllables[a.syllable()], h.phonology.syllables[b.syllable()]
	return min(homophone+int(h.initials[x.initial][y.initial])+int(h.finals[x.final][y.final]), whole)
}

// distance returns how unlike the characters [from, to) are to a name, from 0 to 1000, or a larger number as soon as it is
// above limit. Both are at most MaxRunes long.
func (h *heard) distance(from, to int, name voice, limit int) int {
	n, m := to-from, len(name.codes)
	longer := max(n, m)
	most := limit * longer * whole / 1000 // of the sum
	if (longer-min(n, m))*gap > most {
		return limit + 1
	}
	var row [MaxRunes + 1]int
	for j := range m + 1 {
		row[j] = j * gap
	}
	for i := range n {
		diagonal := row[0]
		row[0] = (i + 1) * gap
		least := row[0]
		for j := range m {
			d := min(diagonal+h.other(from+i, name.codes[j], name.sounds[j]), row[j]+gap, row[j+1]+gap)
			diagonal, row[j+1] = row[j+1], d
			least = min(least, d)
		}
		if least > most {
			return limit + 1
		}
	}
	return row[m] * 1000 / (longer * whole)
}
