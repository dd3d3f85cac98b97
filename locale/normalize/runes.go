package normalize

import "unicode/utf8"

// span returns the length of the beginning of s in which no character changes.
func (t *table) span(s string) int {
	w := walker{table: t, s: s, tail: -1}
	return w.walk(0)
}

// write writes the changed form of s.
func (t *table) write(e *editor, s string, _ part, from int) {
	for alone := false; from > 0 && !alone; {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
		alone = t.alone(s, from, r)
	}
	w := walker{table: t, s: s, editor: e, tail: -1}
	w.walk(from)
}

// A walker goes through a text. It writes the changed form, or, without an editor, stops at the first change.
type walker struct {
	*table
	*editor
	s       string
	pending int // s[pending:i] is still to be copied
	spared  int // up to here what holds an emoji together stays
	// What combines with the characters before combines with s[base:], which became what is written from result on. If
	// tail is not negative, it is the last character of s[tail:base], which is copied up to result.
	base, result, tail int
}

// walk goes through the text from s[i:] on, before which nothing changes.
func (w *walker) walk(i int) int {
	s := w.s
	for {
		i = w.plain(s, i)
		if i >= len(s) {
			break
		}
		r, size := decode(s, i)
		if r < 0 {
			if w.bytes {
				if w.editor == nil {
					return i
				}
				w.replace(i, i+1, "\uFFFD")
			}
			i++
			continue
		}
		e := w.at(r)
		if e == 0 {
			i += size
			continue
		}
		if e&(startsEmoji|inEmoji) != 0 && i >= w.spared {
			from, n := w.emojiAround(i, r, size, e)
			if n > 0 && w.emoji != KeepEmoji {
				if w.editor == nil {
					return w.firstChange(from)
				}
				if w.emoji == ReplaceEmoji {
					w.replace(from, from+n, " ")
				} else {
					w.remove(from, from+n)
				}
				i = from + n
				continue
			}
			if n > 0 {
				w.spared = from + n
			}
		}
		switch {
		case e&removed != 0 && i >= w.spared:
			if w.editor == nil {
				return w.firstChange(i)
			}
			w.remove(i, i+size)
		case e&combines != 0:
			end, changed := w.segment(i)
			if changed && w.editor == nil {
				return w.base
			}
			size = end - i
		case e&replaced != 0:
			if w.editor == nil {
				return i
			}
			w.replace(i, i+size, w.replacements[e&number])
		case e&kept != 0:
			w.flush(i + size)
			w.tail = -1
		}
		i += size
	}
	w.flush(len(s))
	return len(s)
}

// emojiAround returns where the emoji begins that r, at s[i:], is part of, and its length, 0 if it is part of none.
func (w *walker) emojiAround(i int, r rune, size int, e entry) (from, n int) {
	if e&startsEmoji != 0 {
		n = w.emojiAt(w.s, i, r, size)
		if w.emoji == KeepEmoji && w.splits(w.s[i:i+n]) {
			n = 0
		}
		return i, n
	}
	if (r == pictureFace || r == keycap) && i > w.pending {
		return i - 1, keycapAt(w.s, i-1)
	}
	return i, 0
}

// splits reports whether a character of an emoji becomes something else, so that the emoji is none in the result.
func (w *walker) splits(emoji string) bool {
	for _, r := range emoji {
		if w.at(r)&replaced != 0 {
			return true
		}
	}
	return false
}

// flush writes s[pending:i], which stays.
func (w *walker) flush(i int) {
	if i <= w.pending {
		return
	}
	w.base, w.tail = i, w.pending
	if w.editor != nil {
		w.dst = append(w.dst, w.s[w.pending:i]...)
		w.result = w.length()
	}
	w.pending = i
}

// replace writes what replaces one character or emoji, s[from:to].
func (w *walker) replace(from, to int, replacement string) {
	w.flush(from)
	w.base, w.result, w.tail = from, w.length(), -1
	w.dst = append(w.dst, replacement...)
	if len(replacement) != to-from || utf8.RuneCountInString(replacement) > 1 {
		w.note(w.result, from, to)
	}
	w.pending = to
}

// remove takes s[from:to] out.
func (w *walker) remove(from, to int) {
	w.flush(from)
	w.note(w.length(), from, to)
	w.pending = to
}

// firstChange returns where the change begins that takes s[i:] out: there, or where what follows combines with.
func (w *walker) firstChange(i int) int {
	w.findBase(i)
	if w.segmentEnd(i) > i {
		return w.base
	}
	return i
}

// findBase sets the base and its result for a segment that goes on at s[i:].
func (w *walker) findBase(i int) {
	w.flush(i)
	if w.tail < 0 {
		return
	}
	r, size := utf8.DecodeLastRuneInString(w.s[w.tail:w.base])
	if r == utf8.RuneError && size == 1 {
		size = 0 // nothing combines with a byte that is not UTF-8
	}
	w.base, w.result, w.tail = w.base-size, w.result-size, -1
}

// segmentEnd returns the end of what, from s[i:] on, combines with what goes before; i if nothing does.
func (w *walker) segmentEnd(i int) int {
	end := i
	for j := i; j < len(w.s); {
		r, size := decode(w.s, j)
		if r < 0 {
			break
		}
		e := w.at(r)
		if e&combines != 0 {
			end = j + size
		} else if n := w.skipped(j, r, size, e); n > 0 {
			size = n
		} else {
			break
		}
		j += size
	}
	return end
}

// segment writes the normal form of the segment that s[i:], which combines, belongs to. It returns the end of the
// segment and whether it changes.
func (w *walker) segment(i int) (end int, changed bool) {
	w.findBase(i)
	end = w.segmentEnd(i)
	segment := w.s[w.base:end]
	if w.invisible || w.bytes || w.emoji != KeepEmoji {
		segment = w.visible(w.base, end)
	}
	if form, ok := w.form.norm(); ok && w.fold == 0 && w.editor == nil && len(segment) == end-w.base {
		w.pending = end
		return end, !form.IsNormalString(segment)
	}
	var room [128]byte
	normal := w.normal(room[:0], segment)
	changed = string(normal) != w.s[w.base:end]
	if w.editor != nil {
		w.dst = append(w.dst[:w.start+w.result], normal...)
		if changed {
			w.note(w.result, w.base, end)
		} else {
			w.noteCopy(w.result, w.base)
		}
	}
	w.pending = end
	return end, changed
}

// skipped returns the length of what is taken out at s[i:].
func (w *walker) skipped(i int, r rune, size int, e entry) int {
	if i < w.spared {
		return 0
	}
	if e&startsEmoji != 0 && w.emoji == RemoveEmoji {
		if n := w.emojiAt(w.s, i, r, size); n > 0 {
			return n
		}
	}
	if e&removed != 0 {
		return size
	}
	return 0
}

// visible returns s[from:to] without what is taken out, and with what replaces bytes and emoji.
func (w *walker) visible(from, to int) string {
	var b []byte
	for i := from; i < to; {
		r, size := decode(w.s, i)
		if r < 0 {
			if w.bytes {
				b = append(b, "\uFFFD"...)
			} else {
				b = append(b, w.s[i])
			}
			i++
			continue
		}
		e := w.at(r)
		if n := w.skipped(i, r, size, e); n > 0 {
			size = n
		} else if n := w.emojiAt(w.s, i, r, size); w.emoji == ReplaceEmoji && e&startsEmoji != 0 && n > 0 {
			b = append(b, ' ')
			size = n
		} else {
			b = append(b, w.s[i:i+size]...)
		}
		i += size
	}
	return string(b)
}

// known returns the last place in s where a character begins that stands by itself.
func (t *table) known(s string, from int) (n, looked int) {
	end := wholeCharacters(s)
	for n = end; n > from; {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		n -= size
		if n > 0 && t.alone(s, n, r) {
			return n, end
		}
	}
	return 0, end
}

// alone reports whether r, at s[i:], has nothing to do with the characters before it.
func (t *table) alone(s string, i int, r rune) bool {
	if t.at(r)&(combines|removed|inEmoji) != 0 {
		return false
	}
	if t.at(r)&startsEmoji == 0 {
		return true
	}
	if t.emoji == RemoveEmoji {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return before != joiner && !isRegional(r) && !isModifier(r)
}

// plain returns the end of the characters from s[i] on that stay whatever stands around them, as far as a glance tells.
func (t *table) plain(s string, i int) int {
	asciiStays := t.ascii[0]&t.ascii[1] == 1<<64-1
	for i+8 <= len(s) {
		b := s[i]
		if b < utf8.RuneSelf {
			if asciiStays && ascii8(s[i:]) {
				i += 8
				continue
			}
			if t.ascii[b/64]>>(b%64)&1 == 0 {
				return i
			}
			i++
			continue
		}
		c, d := s[i+1]^0x80, s[i+2]^0x80
		if c|d >= 0x40 || b <= 0xE0 || b == 0xED || b >= 0xF0 ||
			!t.lead[b] && t.at(rune(b&0xF)<<12|rune(c)<<6|rune(d)) != 0 {
			return i
		}
		i += 3
	}
	for i < len(s) && s[i] < utf8.RuneSelf && t.ascii[s[i]/64]>>(s[i]%64)&1 != 0 {
		i++
	}
	return i
}

// ascii8 reports whether s begins with eight ASCII characters.
func ascii8(s string) bool {
	_ = s[7]
	word := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return word&0x8080808080808080 == 0
}

// decode returns the character at s[i] and its size; -1 for a byte that is not UTF-8.
func decode(s string, i int) (rune, int) {
	b := s[i]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if b-0xE1 <= 0xEF-0xE1 && b != 0xED && i+2 < len(s) { // three bytes, and all second bytes are right
		if c, d := s[i+1]^0x80, s[i+2]^0x80; c|d < 0x40 {
			return rune(b&0xF)<<12 | rune(c)<<6 | rune(d), 3
		}
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return -1, 1
	}
	return r, size
}
