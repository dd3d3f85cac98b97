package normalize

import (
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// Options say what is made one. The zero Options change nothing; every field adds to what is done, and they are done
// in the order in which they stand here. Options are values: copy and change them. All methods are safe for concurrent
// use.
type Options struct {
	// Form is the Unicode normalization form of the result. None is the default.
	Form Form
	// Width makes full-width ASCII half-width and half-width kana full-width. NFKC includes it.
	Width bool
	// KeepPunctuation exempts the marks that Chinese writes full-width, ，！？：；（）～…, from NFKC and Width.
	KeepPunctuation bool
	// Case makes letters lower case, and one what differs only in upper case: σ and ς. One character becomes one.
	Case bool
	// Script makes traditional characters simplified, each by itself: 乾坤 becomes 干坤. It is for comparing; the
	// package script converts text to be read.
	Script bool
	// Invisible takes out what cannot be seen: zero-width characters, the byte order mark, controls but for white
	// space, marks of writing direction, tags and variation selectors. What holds an emoji together stays.
	Invisible bool
	// Emoji says what becomes of emoji. They are kept by default.
	Emoji Emoji
	// Invalid replaces every byte that is not UTF-8 with U+FFFD. Otherwise such bytes stay as they are.
	Invalid bool
	// Space says what becomes of white space. Nothing by default.
	Space Space
	// Punctuation says what becomes of punctuation. Nothing by default.
	Punctuation Punctuation
	// Spacing sets the space between Chinese and other text. Nothing by default.
	Spacing Spacing
	// Spelling says how words are written. Nothing by default.
	Spelling *Spelling
}

// A Form is a Unicode normalization form.
type Form uint8

// The forms.
const (
	None Form = iota // as the text is
	NFC              // canonical composition: what looks the same is the same
	NFKC             // compatibility composition: ㎞ becomes km, ﬁ becomes fi, ， becomes a comma
)

// Emoji says what becomes of emoji: of characters that are shown as a picture by themselves, and of sequences that
// are, with all that belongs to them. A heart that is text without a variation selector is none.
type Emoji uint8

// What can become of emoji.
const (
	KeepEmoji    Emoji = iota // nothing
	RemoveEmoji               // they are taken out
	ReplaceEmoji              // each becomes a space
)

// Space is a set of what is done to white space.
type Space uint8

// What can be done to white space.
const (
	// OneSpace makes every kind of space, such as the ideographic and the no-break space and the tabulator, U+0020.
	OneSpace Space = 1 << iota
	// OneLineEnd makes every kind of line end \n.
	OneLineEnd
	// Collapse leaves one space of several, none at either end of a line, and one empty line of several.
	Collapse
	// Trim takes out white space at both ends of the text.
	Trim

	// TidySpace is all of it.
	TidySpace = OneSpace | OneLineEnd | Collapse | Trim
)

// Sets of options for common needs.
var (
	// Search makes one what people type differently and mean the same, for comparing and indexing. It is not for
	// showing.
	Search = Options{Form: NFKC, Case: true, Script: true, Invisible: true, Invalid: true, Space: TidySpace}
	// Tidy cleans text that will be shown: nothing that matters to a Chinese reader changes.
	Tidy = Options{Form: NFC, Width: true, KeepPunctuation: true, Invisible: true, Invalid: true, Space: TidySpace}
)

// String returns the normalized form of s. If that is s, it returns s itself; if no step changes anything, it does not
// allocate.
func (o Options) String(s string) string {
	l := o.steps()
	return l.apply(s)
}

// Append appends the normalized form of s to dst.
func (o Options) Append(dst []byte, s string) []byte {
	l := o.steps()
	list := l.list()
	if len(list) == 0 {
		return append(dst, s...)
	}
	for _, st := range list[:len(list)-1] {
		s = apply(st, s)
	}
	e := editor{dst: dst, start: len(dst)}
	list[len(list)-1].write(&e, s, whole, 0)
	return e.dst
}

// Mapped returns the normalized form of s and the way back. If that is s, it returns s itself and the zero Map; if no
// step changes anything, it does not allocate.
func (o Options) Mapped(s string) (string, Map) {
	var way Map
	l := o.steps()
	result := s
	for _, st := range l.list() {
		n := st.span(result)
		if n == len(result) {
			continue
		}
		var m Map
		e := editor{dst: make([]byte, 0, len(result)+len(result)/8), way: &m}
		st.write(&e, result, whole, n)
		result = string(e.dst)
		way = way.then(m, len(result))
	}
	if result == s {
		return s, nil
	}
	return result, way
}

// Span returns the length of the longest beginning of s that stays as it is and where it is.
func (o Options) Span(s string) int {
	l := o.steps()
	n, restored := l.span(s)
	if !restored {
		return n
	}
	result := l.apply(s)
	if result == s {
		return len(s)
	}
	same := 0
	for same < min(len(s), len(result)) && s[same] == result[same] {
		same++
	}
	if same == len(s) {
		return n
	}
	for same > 0 && !utf8.RuneStart(s[same]) {
		same--
	}
	return same
}

// IsNormal reports whether s stays as it is.
func (o Options) IsNormal(s string) bool {
	l := o.steps()
	n, restored := l.span(s)
	return n == len(s) || restored && l.apply(s) == s
}

// Transformer returns a transformer for streams, such as [transform.NewReader] makes. What it writes is what
// [Options.String] makes of the whole, however the text is cut into pieces. It keeps what it cannot decide yet: in
// ordinary text less than a line, with Punctuation or Spacing up to 64 KiB, and a row of combining marks, of white space
// or of invisible characters whole.
//
// A transformer must not be used by two goroutines at once.
func (o Options) Transformer() transform.Transformer { return newTransformer(o) }

// A step does one kind of change.
type step interface {
	// span returns the length of the beginning of a whole text that stays as it is and where it is.
	span(s string) int
	// write writes the changed form of s, a part of a text as known cuts it. Its caller knows from span that s[:from]
	// stays.
	write(e *editor, s string, p part, from int)
	// known returns the length of a beginning of s, or 0, that can be written by itself whatever follows s. The rest
	// can be, too. Before from, where an earlier call looked already, there is no such place but 0.
	known(s string, from int) (n, looked int)
}

// A part tells where in the text a part of it is.
type part uint8

const (
	first part = 1 << iota
	last
	whole = first | last
)

// steps are those that options ask for.
type steps struct {
	all [5]step
	n   int
}

func (l *steps) list() []step { return l.all[:l.n] }

func (l *steps) add(s step) {
	l.all[l.n] = s
	l.n++
}

// apply returns the changed form of s, s itself if it is the same.
func (l *steps) apply(s string) string {
	result := s
	for _, st := range l.list() {
		result = apply(st, result)
	}
	if result == s {
		return s
	}
	return result
}

// span returns where the first change begins, and whether later steps may undo it.
func (l *steps) span(s string) (n int, restored bool) {
	for i, st := range l.list() {
		if n := st.span(s); n < len(s) {
			return n, i+1 < l.n
		}
	}
	return len(s), false
}

func (o Options) steps() steps {
	var l steps
	if k := o.key(); k != (key{}) {
		l.add(tableOf(k))
	}
	if o.Space != 0 {
		l.add(o.Space)
	}
	if o.Punctuation != 0 {
		l.add(o.Punctuation)
	}
	if o.Spacing != 0 {
		l.add(o.Spacing)
	}
	if o.Spelling != nil {
		l.add(o.Spelling)
	}
	return l
}

func apply(st step, s string) string {
	n := st.span(s)
	if n == len(s) {
		return s
	}
	e := editor{dst: make([]byte, 0, len(s)+len(s)/8)}
	st.write(&e, s, whole, n)
	return string(e.dst)
}
