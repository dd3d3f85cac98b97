package segment

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
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

// fromUser marks the words of a [Dictionary], of which a value has only the tag.
const fromUser value = 1 << 30

func (v value) tag() Tag          { return Tag(v & (1<<tagBits - 1)) }
func (v value) frequency() uint32 { return uint32(v>>frequencyShift) & (1<<frequencyBits - 1) }
func (v value) idf() uint32       { return uint32(v>>idfShift) & (1<<idfBits - 1) }
func (v value) split() uint32     { return uint32(v >> splitShift) }

// Where the rules split a word.
const (
	parted  = 1 // after its first character
	dropped = 2 // it is no word; its parts are

	onlyRules = 3 // it is not jieba's, and a word only for the rules
)

// A lexicon is the dictionary, ready for use.
type lexicon struct {
	words   *doublearray.Trie
	costs   [1 << frequencyBits]uint32 // by the place of a frequency: minus the logarithm of the probability
	unknown uint32                     // the cost of a character that is no word
	basic   *[1 << 16]glyph            // of the runes below 0x10000

	idfLow, idfStep, idfMedian float64

	traits []trait // by code
	names  []name  // by code
	marks
}

// costScale makes costs integers, exact enough to tell any two paths apart, with room for the sum of a block.
const costScale = 1 << 17

// A glyph is what a rune is for the dictionary, after folding.
type glyph struct {
	first doublearray.State // where words that start with it go on, 0 if there are none
	alone value             // the word that it is alone, 0 if it is none
	code  uint16            // on the edges of the trie
	kind  kind
}

var loaded = sync.OnceValue(load)

func load() *lexicon {
	x := &lexicon{basic: new([1 << 16]glyph)}
	var err error
	if x.words, err = doublearray.Open(wordArray); err != nil {
		x.words = &doublearray.Trie{} // only if the embedded file were damaged
	}
	x.readLists()
	for r := range rune(1 << 16) {
		if code := x.words.Code(fold.All.Rune(r)); code != 0 {
			x.basic[r] = x.coded(code)
		}
	}
	for _, k := range kindRanges {
		for _, table := range k.tables {
			each(table, func(r rune) { x.basic[r].kind = k.kind })
		}
	}
	for r := rune(0xff01); r <= 0xffee; r++ {
		x.basic[r].kind = x.basic[fold.All.Rune(r)].kind
	}
	codes := x.words.Codes() + 1
	for _, r := range "〇○" { // numerals that are in no word have a code too, for the rules
		x.basic[r].code = uint16(codes)
		codes++
	}
	x.readTraits(codes)
	x.readNames(codes)
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
	first := x.words.StepCode(x.words.Root(), code)
	alone, _ := x.words.Value(first)
	return glyph{first: first, alone: value(alone), code: code}
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
		g.kind = han
	case isEmoji(r):
		g.kind = emoji
	case unicode.IsLetter(r):
		g.kind = letter
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
		g.kind = mark
	case unicode.IsPunct(r):
		g.kind = punctuation
	}
	return g
}
