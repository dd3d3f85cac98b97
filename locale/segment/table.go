package segment

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/internal/cut"
)

// wordArray has the folded words, with a value for each.
//
//go:embed words.bin
var wordArray string

// wordLists has what the values refer to.
//
//go:embed words.txt
var wordLists string

// A value is what words.bin keeps of a word: from the lowest bit its tag, its frequency, its idf and where it is
// split; see the generator.
type value uint32

const (
	tagBits, frequencyBits, idfBits = 6, 13, 9
	frequencyShift                  = tagBits
	idfShift                        = frequencyShift + frequencyBits
	splitShift                      = idfShift + idfBits
)

// What does not come from words.bin has only a tag, and says in the highest bits where it comes from.
const (
	fromUser   value = 1 << 30 // a [Dictionary]
	madeWord   value = 2 << 30 // a rule
	madeNumber value = 3 << 30 // a rule that makes numbers

	origin = 3 << 30
)

func (v value) tag() Tag          { return Tag(v & (1<<tagBits - 1)) }
func (v value) frequency() uint32 { return uint32(v>>frequencyShift) & (1<<frequencyBits - 1) }
func (v value) idf() uint32       { return uint32(v>>idfShift) & (1<<idfBits - 1) }
func (v value) split() uint32     { return uint32(v >> splitShift) }

// class returns the class of a token that is the word v, or, if v is 0, starts with a character of a kind.
func (v value) class(k kind) Class {
	c := uint32(k.class()) // of a size that a condition can move
	if v != 0 {
		c = uint32(Word)
	}
	if v >= madeNumber { // no origin is above it
		c = uint32(Number)
	}
	return Class(c)
}

// word returns the word v as a [cut.Part] has it.
func (v value) word() cut.Word { return cut.Begins | cut.Word(v.tag()) }

// Where the rules split a word.
const (
	parted  = 1 // after its first character
	dropped = 2 // it is no word; its parts are

	onlyRules = 3 // it is not jieba's, and a word only for the rules
)

// A lexicon is the dictionary, ready for use.
type lexicon struct {
	words   *doublearray.Trie
	forks   *doublearray.Forks         // of words
	costs   [1 << frequencyBits]uint32 // by the place of a frequency: minus the logarithm of the probability
	unknown uint32                     // the cost of a character that is no word
	basic   *[1 << 16]glyph            // of the runes below 0x10000
	ascii   [utf8.RuneSelf]kind

	idfLow, idfStep, idfMedian float64

	names []name // by code
	marks
}

// costScale makes costs integers, exact enough to tell any two paths apart, with room for the sum of a block.
const costScale = 1 << 17

// A glyph is what a rune is for the dictionary, after folding.
type glyph struct {
	place
	first doublearray.Fork // where words that start with it go on, 0 if there are none
	code  uint16           // on the edges of the trie
}

var loaded = sync.OnceValue(load)

// glyphs is the room of the lexicon's basic. It is no part of the heap, of which the collector keeps as much again free.
var glyphs [1 << 16]glyph

func load() *lexicon {
	x := &lexicon{basic: &glyphs}
	var err error
	if x.words, err = doublearray.Open(wordArray); err != nil {
		x.words = &doublearray.Trie{} // only if the embedded file were damaged
	}
	if x.forks, err = x.words.Forks(); err != nil {
		x.forks, _ = (&doublearray.Trie{}).Forks() // the same
	}
	x.readLists()
	for r := range rune(1 << 16) {
		x.basic[r] = x.coded(x.words.Code(fold.All.Rune(r)))
	}
	for _, k := range kindRanges {
		for _, table := range k.tables {
			each(table, func(r rune) { x.basic[r].place = x.basic[r].withKind(k.kind) })
		}
	}
	for r := rune(0xff01); r <= 0xffee; r++ {
		x.basic[r].place = x.basic[r].withKind(x.basic[fold.All.Rune(r)].kind())
	}
	codes := x.words.Codes() + 1
	for _, r := range "〇○" { // numerals that are in no word have a code too, for the rules
		x.basic[r].code = uint16(codes)
		codes++
	}
	traits := x.readTraits(codes)
	x.readNames(traits)
	for r := range x.basic {
		g := &x.basic[r]
		switch t := traits[g.code]; g.kind() {
		case digit:
			g.place = g.withTrait(t | arabic)
		case dot:
			g.place = g.withTrait(t | dotted)
		default:
			g.place = g.withTrait(t)
		}
	}
	for r := range x.ascii {
		x.ascii[r] = x.basic[r].kind()
	}
	x.readMarks()
	return x
}

// readLists reads words.txt.
func (x *lexicon) readLists() {
	section, n, logTotal := "", 0, 0.0
	for line := range strings.Lines(wordLists) {
		line = strings.TrimSuffix(line, "\n")
		if line[0] == '[' {
			section, n = line, 0
			continue
		}
		switch section {
		case "[idf]":
			var high float64
			fmt.Sscan(line, &x.idfLow, &high, &x.idfMedian)
			x.idfStep = (high - x.idfLow) / (1<<idfBits - 2)
		case "[frequencies]":
			for field := range strings.FieldsSeq(line) {
				f, _ := strconv.ParseFloat(field, 64)
				if logTotal == 0 {
					logTotal = math.Log(f)
					x.unknown = uint32(math.Round(logTotal * costScale))
					continue
				}
				x.costs[n] = uint32(math.Round((logTotal - math.Log(f)) * costScale))
				n++
			}
		}
	}
}

// coded returns a glyph with all that the trie has about a code.
func (x *lexicon) coded(code uint16) glyph {
	g := glyph{code: code, first: x.forks.Of(code)}
	g.place = g.withUnit(1).withKind(other).withAlone(NoTag, x.unknown)
	if v, ok := x.words.Value(x.words.StepCode(x.words.Root(), code)); ok {
		g.place = g.withAlone(value(v).tag(), x.costs[value(v).frequency()])
	}
	return g
}

// glyph returns what r is.
func (x *lexicon) glyph(r rune) glyph {
	if uint(r) < uint(len(x.basic)) {
		return x.basic[r]
	}
	return x.rare(r)
}

func (x *lexicon) rare(r rune) glyph {
	folded := fold.All.Rune(r)
	if uint(folded) < uint(len(x.basic)) {
		return x.basic[folded]
	}
	g := x.coded(x.words.Code(folded))
	switch {
	case unicode.Is(unicode.Han, r):
		g.place = g.withKind(han)
	case isEmoji(r):
		g.place = g.withKind(emoji)
	case unicode.IsLetter(r):
		g.place = g.withKind(letter)
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
		g.place = g.withKind(mark)
	case unicode.IsPunct(r):
		g.place = g.withKind(punctuation)
	}
	return g
}
