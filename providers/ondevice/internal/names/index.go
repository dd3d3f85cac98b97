package names

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// MaxRunes is the length of the longest name in characters of its view. Longer ones are not found.
const MaxRunes = 64

// A Name is what a thing or a person is called.
type Name struct {
	Value   string // what it stands for; free to the caller
	Text    string
	Aliases []string
}

// An Index is a list of names that is searched by how they are written and by how they sound. It never changes and is
// safe for concurrent use. A nil Index has no names.
type Index struct {
	list    list
	letters letters
	forms   []form
	codes   []uint16 // the characters of all forms, one after the other
	exact   table
	sound   func() *sounding // is made when it is first needed
}

// A form is a way to write a name. That of numbers in Chinese and of those in digits are two.
type form struct {
	start uint32 // in codes; the next form's start is the end
	name  uint32
	kind  kind
}

// The kind of a form is the number of the alias, from 1, or 0 for the text of the name, and where it has digits.
type kind uint32

const (
	digitFirst kind = 1 << iota
	digitLast
	oneAlias
)

func (k kind) alias() int { return int(k/oneAlias) - 1 }

// Collect returns the index of names. It copies what it needs, packed: some 45 bytes for a name of four characters, and 25
// more when [Index.Alike] or [Index.Nearest] is first called.
func Collect(names iter.Seq[Name]) *Index {
	x := &Index{}
	var v view.Text
	var sentence []rune
	add := func(text string, kind kind) {
		sentence = sentence[:0]
		for _, r := range text {
			sentence = append(sentence, r)
		}
		v.Read(sentence)
		x.add(v.Runes, kind)
	}
	for n := range names {
		add(n.Text, 0)
		for i, alias := range n.Aliases {
			add(alias, kind(i+1)*oneAlias)
		}
		x.list.add(n)
	}
	x.list.pack()
	x.forms = slices.Clone(append(x.forms, form{start: uint32(len(x.codes))}))
	x.codes = slices.Clone(x.codes)
	x.exact = newTable(x.forms, x.code)
	x.sound = sync.OnceValue(x.listen)
	return x
}

// add adds the forms of the next name of the list, which is in view. It changes what it is given.
func (x *Index) add(name []rune, kind kind) {
	if len(name) == 0 || len(name) > MaxRunes {
		return
	}
	if isDigit(name[0]) {
		kind |= digitFirst
	}
	if isDigit(name[len(name)-1]) {
		kind |= digitLast
	}
	for i, r := range name {
		name[i] = digit(r)
	}
	x.addForm(name, kind)
	if other := respell(name); other != nil {
		x.addForm(other, kind)
	}
}

func (x *Index) addForm(runes []rune, kind kind) {
	start := len(x.codes)
	for _, r := range runes {
		code, ok := x.letters.add(r)
		if !ok {
			x.codes = x.codes[:start]
			return
		}
		x.codes = append(x.codes, code)
	}
	x.forms = append(x.forms, form{uint32(start), uint32(x.list.len()), kind})
}

// code returns a character of a form.
func (x *Index) code(i uint32) uint16 { return x.codes[i] }

func (x *Index) length(f uint32) int { return int(x.forms[f+1].start - x.forms[f].start) }

// Len returns the number of names.
func (x *Index) Len() int {
	if x == nil {
		return 0
	}
	return x.list.len()
}

// Name returns a name.
func (x *Index) Name(i int) Name { return x.list.name(i) }

// Value returns what a name stands for: its value, or its text if that is empty. It does not allocate.
func (x *Index) Value(i int) string { return x.list.value(i) }

// A Hit is a name that stands in a sentence, or may stand there.
type Hit struct {
	Name       int     // index of the name
	Alias      int     // index of the alias that was found, or -1 for the text of the name
	Start, End int     // in the sentence that the view was made from
	Distance   float64 // from 0, as it is written, to 1, quite another
}

func (x *Index) hit(f uint32, start, end, distance int) Hit {
	return Hit{int(x.forms[f].name), x.forms[f].kind.alias(), start, end, float64(distance) / 1000}
}

// Find returns all names that stand in a sentence as they are written, also those inside of others, by where they
// begin, the longer ones first; names that are written the same come in the order of the list.
func (x *Index) Find(sentence *Sentence) []Hit {
	if x.Len() == 0 {
		return nil
	}
	var hits []Hit
	text := sentence.in(x)
	for start := range text {
		if !sentence.parted[start] || !x.exact.begins(text[start:]) {
			continue
		}
		from := len(hits)
		x.exact.find(text[start:], x.forms, x.code, func(f uint32, length int) {
			if x.stands(f, sentence, start, start+length) {
				i, j := sentence.view.Span(start, start+length)
				hits = append(hits, x.hit(f, i, j, 0))
			}
		})
		hits = inOrder(hits, from)
	}
	return hits
}

// stands reports whether a form can stand from i to j of a sentence, and is not part of a word or number.
func (x *Index) stands(f uint32, sentence *Sentence, i, j int) bool {
	kind, runes := x.forms[f].kind, sentence.view.Runes
	return sentence.parted[i] && sentence.parted[j] &&
		(kind&digitFirst == 0 || i == 0 || !isNumeral(runes[i-1])) &&
		(kind&digitLast == 0 || j == len(runes) || !isNumeral(runes[j]))
}

// inOrder puts the hits of one place in order and leaves out repetitions.
func inOrder(hits []Hit, from int) []Hit {
	slices.SortFunc(hits[from:], func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.End, a.End), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Distance, b.Distance),
			cmp.Compare(a.Alias, b.Alias))
	})
	same := func(a, b Hit) bool { return a.Name == b.Name && a.Start == b.Start && a.End == b.End }
	return append(hits[:from], slices.CompactFunc(hits[from:], same)...)
}
