package names

import (
	"cmp"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/offheap"
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
	forms   forms
	codes   []uint16         // the characters of all forms, one after the other
	alone   table            // the forms by the keys of their characters, each read alone
	sound   func() *sounding // is made when it is first needed
	memory  *offheap.Memory  // of what is above; methods that look at that keep the index alive to their end
}

// Collect returns the index of names, through which it goes twice. It copies what it needs, packed: some 15 bytes for a
// name of four characters that is in no need of folding, and 20 more when [Index.Alike] or [Index.Nearest] is first called.
func Collect(names iter.Seq[Name]) *Index {
	x := &Index{}
	x.reserve(names)
	var v view.Text
	var sentence []rune
	add := func(text string, alias int) {
		sentence = sentence[:0]
		for _, r := range text {
			sentence = append(sentence, r)
		}
		v.Read(sentence)
		x.add(v.Runes, uint32(alias))
	}
	for n := range names {
		before := x.forms.len()
		add(n.Text, 0)
		for i, alias := range n.Aliases {
			add(alias, i+1)
		}
		x.list.add(n, n.Value == "" && len(n.Aliases) == 0 && x.forms.len() == before+1 && x.text(uint32(before)) == n.Text)
	}
	x.list.pack()
	x.forms.pack()
	x.codes = tight(x.codes)
	x.alone = newTable(&x.forms, x.forms.len(), x.forms.all, x.keyAlone())
	x.settle()
	x.sound = sync.OnceValue(x.listen)
	return x
}

// settle moves the tables beside the heap, if they are large.
func (x *Index) settle() {
	l, f := &x.list, &x.forms
	x.memory = offheap.Reserve(offheap.Size(l.bytes) + offheap.Size(l.starts) + offheap.Size(l.listed) + offheap.Size(f.shapes) +
		offheap.Size(f.blocks) + offheap.Size(f.firsts) + offheap.Size(f.names) + offheap.Size(f.aliases) + offheap.Size(x.codes) + x.alone.size())
	l.bytes, l.starts, l.listed = offheap.Move(x.memory, l.bytes), offheap.Move(x.memory, l.starts), offheap.Move(x.memory, l.listed)
	f.shapes, f.blocks, f.firsts = offheap.Move(x.memory, f.shapes), offheap.Move(x.memory, f.blocks), offheap.Move(x.memory, f.firsts)
	f.names, f.aliases = offheap.Move(x.memory, f.names), offheap.Move(x.memory, f.aliases)
	x.codes = offheap.Move(x.memory, x.codes)
	x.alone.move(x.memory)
}

// reserve makes room for names, so that what grows leaves little behind.
func (x *Index) reserve(names iter.Seq[Name]) {
	runes, forms := 0, 0
	count := func(s string) {
		runes += utf8.RuneCountInString(s)
		forms++
	}
	for n := range names {
		count(n.Text)
		for _, alias := range n.Aliases {
			count(alias)
		}
	}
	x.codes = make([]uint16, 0, runes)
	x.forms.shapes, x.forms.blocks = make([]shape, 0, forms), make([]uint32, 0, forms/perBlock+1)
}

// text returns a form as it is written, with Arabic digits.
func (x *Index) text(f uint32) string {
	var b strings.Builder
	start, end := x.forms.at(f)
	for _, code := range x.codes[start:end] {
		b.WriteRune(x.letters.rune(code))
	}
	return b.String()
}

// add adds the forms of the next name of the list, which is in view. It changes what it is given.
func (x *Index) add(name []rune, alias uint32) {
	if len(name) == 0 || len(name) > MaxRunes {
		return
	}
	var digits shape
	if isDigit(name[0]) {
		digits |= digitFirst
	}
	if isDigit(name[len(name)-1]) {
		digits |= digitLast
	}
	for i, r := range name {
		name[i] = digit(r)
	}
	x.addForm(name, digits, alias)
	if other := respell(name); other != nil {
		x.addForm(other, digits, alias)
	}
}

func (x *Index) addForm(runes []rune, digits shape, alias uint32) {
	start := len(x.codes)
	for _, r := range runes {
		code, ok := x.letters.add(r)
		if !ok {
			x.codes = x.codes[:start]
			return
		}
		x.codes = append(x.codes, code)
	}
	x.forms.add(len(runes), digits, uint32(x.list.len()), alias)
}

// keyAlone returns what gives the key of a character of a form, read alone.
func (x *Index) keyAlone() func(i uint32) uint16 {
	p := phonetics()
	return func(i uint32) uint16 { return p.keyAlone(x.codes[i]) }
}

// Len returns the number of names.
func (x *Index) Len() int {
	if x == nil {
		return 0
	}
	return x.list.len()
}

// Name returns a name.
func (x *Index) Name(i int) Name {
	defer runtime.KeepAlive(x)
	if entry, ok := x.list.entry(i); ok {
		return name(entry)
	}
	return Name{Text: x.text(x.forms.of(i))}
}

// Value returns what a name stands for: its value, or its text if that is empty.
func (x *Index) Value(i int) string {
	defer runtime.KeepAlive(x)
	if entry, ok := x.list.entry(i); ok {
		return value(entry)
	}
	return x.text(x.forms.of(i))
}

// A Hit is a name that stands in a sentence, or may stand there.
type Hit struct {
	Name       int     // index of the name
	Alias      int     // index of the alias that was found, or -1 for the text of the name
	Start, End int     // in the sentence that the view was made from
	Distance   float64 // from 0, as it is written, to 1, quite another
}

func (x *Index) hit(f uint32, start, end, distance int) Hit {
	name, alias := x.forms.name(f)
	return Hit{name, alias, start, end, float64(distance) / 1000}
}

// Find returns all names that stand in a sentence as they are written, also those inside of others, by where they
// begin, the longer ones first; names that are written the same come in the order of the list.
func (x *Index) Find(sentence *Sentence) []Hit {
	if x.Len() == 0 {
		return nil
	}
	defer runtime.KeepAlive(x)
	var hits []Hit
	text, keys := sentence.in(x)
	key := x.keyAlone()
	for start := range text {
		if !sentence.parted[start] || !x.alone.begins(keys[start:]) {
			continue
		}
		from := len(hits)
		x.alone.find(keys[start:], &x.forms, key, func(f uint32, length int) {
			first, end := x.forms.at(f)
			if slices.Equal(x.codes[first:end], text[start:start+length]) && x.stands(f, sentence, start, start+length) {
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
	shape, runes := x.forms.shapes[f], sentence.view.Runes
	return sentence.parted[i] && sentence.parted[j] &&
		(shape&digitFirst == 0 || i == 0 || !isNumeral(runes[i-1])) &&
		(shape&digitLast == 0 || j == len(runes) || !isNumeral(runes[j]))
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
