package fold

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

// simplified has a line for each character that Script folds: the character and its folded form.
//
//go:embed simplified.txt
var simplified string

const (
	pageBits = 6
	pageSize = 1 << pageBits
)

// A table has the folded form of each rune that folds. Pages of 64 runes in which none does share the first page.
type table struct {
	index []uint16
	pages [][pageSize]uint16
	far   map[rune]rune // what folds to a rune that is no uint16, which the pages have as isFar

	memory *offheap.Memory // of the pages
}

const isFar = 0xffff // which nothing folds to

func (t *table) at(r rune) rune {
	page := int(r) >> pageBits
	if uint(page) >= uint(len(t.index)) {
		return 0
	}
	if folded := t.pages[t.index[page]][r&(pageSize-1)]; folded != isFar {
		return rune(folded)
	}
	return t.far[r]
}

func (t *table) set(r, folded rune) {
	page := int(r) >> pageBits
	for len(t.index) <= page {
		t.index = append(t.index, 0)
	}
	if t.index[page] == 0 {
		t.index[page] = uint16(len(t.pages))
		t.pages = append(t.pages, [pageSize]uint16{})
	}
	if folded >= isFar {
		t.far[r] = folded
		folded = isFar
	}
	t.pages[t.index[page]][r&(pageSize-1)] = uint16(folded)
}

// tables are made on first use.
var tables [All + 1]struct {
	once sync.Once
	table
}

func (set Set) table() *table {
	t := &tables[set&All]
	t.once.Do(func() { t.fill(set) })
	return &t.table
}

func (t *table) fill(set Set) {
	t.pages, t.far = make([][pageSize]uint16, 1), make(map[rune]rune)
	if set&Script != 0 {
		for line := range strings.Lines(simplified) {
			if line[0] == '#' {
				continue
			}
			from, size := utf8.DecodeRuneInString(line)
			to, _ := utf8.DecodeRuneInString(line[size:])
			t.set(from, to)
		}
	}
	if set&Case != 0 {
		for _, span := range unicode.CaseRanges {
			for r := rune(span.Lo); r <= rune(span.Hi); r++ {
				if lower := lower(r); lower != r {
					t.set(r, lower)
				}
			}
		}
	}
	if set&Width != 0 {
		t.narrow('\u3000', set)
		for r := rune('\uff00'); r <= '\uffef'; r++ {
			t.narrow(r, set)
		}
	}
	t.index = slices.Clone(t.index) // without the room that growing left
	t.memory = offheap.Reserve(offheap.Size(t.pages))
	t.pages = offheap.Move(t.memory, slices.Clone(t.pages))
}

func (t *table) narrow(r rune, set Set) {
	common := width.LookupRune(r).Folded()
	if common == 0 {
		return
	}
	if set&Case != 0 {
		common = lower(common)
	}
	t.set(r, common)
}

// lower goes by way of the upper case, so that ς and σ, ſ and s become one.
func lower(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }
