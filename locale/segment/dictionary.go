package segment

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// MaxWord is the length of the longest word that a [Dictionary] takes, in characters.
const MaxWord = 64

// A Dictionary has words of the caller's, and hides words of the built-in dictionary. Like those, its words are found
// in either script, in either width and in either case. The zero Dictionary is empty and ready for use; it must not be
// copied. All methods are safe for concurrent use, also with [Segmenter.Cut], which sees a change at the latest in the
// text that it cuts next.
type Dictionary struct {
	mu    sync.Mutex
	words atomic.Pointer[wordTable]
}

// Add adds a word, or changes its weight and its tag. The rules leave the word whole.
//
// A weight is a number of occurrences, among the 60 million of the built-in dictionary: the higher it is, the more
// words that overlap with this one lose. If it is 0, it is made high enough for the word to be kept whole.
func (d *Dictionary) Add(word string, weight int, tag Tag) error {
	runes, err := runesOf(word)
	if err != nil {
		return err
	}
	if weight < 0 {
		return fmt.Errorf("weight %d of word %q is negative", weight, word)
	}
	if int(tag) >= len(tagNames) {
		return fmt.Errorf("tag %d of word %q is unknown", tag, word)
	}
	cost := partsCost(word, runes) / 2
	if weight > 0 {
		cost = uint32(max(0, float64(loaded().unknown)-math.Log(float64(weight))*costScale))
	}
	d.put(runes, userWord(min(cost, 1<<costBits-1))<<costShift|isWord|userWord(tag))
	return nil
}

// Remove takes a word away, and hides it if it is in the built-in dictionary.
func (d *Dictionary) Remove(word string) {
	if runes, err := runesOf(word); err == nil {
		d.put(runes, isHidden)
	}
}

// runesOf returns the characters of a word as they are looked up.
func runesOf(word string) ([]rune, error) {
	if !utf8.ValidString(word) {
		return nil, fmt.Errorf("word %q is not UTF-8", word)
	}
	var runes []rune
	for _, r := range word {
		if loaded().glyph(r).kind() != mark { // it belongs to the character before it
			runes = append(runes, fold.All.Rune(r))
		}
	}
	if len(runes) == 0 {
		return nil, errors.New("word is empty")
	}
	if len(runes) > MaxWord {
		return nil, fmt.Errorf("word %q has %d characters, at most %d", word, len(runes), MaxWord)
	}
	return runes, nil
}

// partsCost returns the cost of the best path through a word if it were not in the dictionary.
func partsCost(word string, runes []rune) uint32 {
	var without Dictionary
	without.put(runes, isHidden)
	b := newBlock(word, &Segmenter{Dictionary: &without}, Precise)
	defer b.release()
	b.fill(0)
	b.route()
	return b.cost[0]
}

func (d *Dictionary) put(runes []rune, word userWord) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.words.Load()
	if t == nil {
		t = newWordTable(1 << 6)
	}
	if (t.used+len(runes))*2 > len(t.slots) {
		t = t.grown(t.used + len(runes))
	}
	t.put(runes, word)
	d.words.Store(t)
}

// table returns the words, nil if there are none.
func (d *Dictionary) table() *wordTable {
	if d == nil {
		return nil
	}
	return d.words.Load()
}

// A userWord says what ends at a node: a word, with its tag in the low bits and its cost, a hidden word, or nothing.
type userWord uint32

const (
	isWord    userWord = 1 << 6
	isHidden  userWord = 1 << 7
	costShift          = 8
	costBits           = 24
)

func (w userWord) cost() uint32 { return uint32(w >> costShift) }

// value returns the word as the path has it.
func (w userWord) value() value { return fromUser | value(w)&(1<<tagBits-1) }

// A wordTable is a trie as a hash table: the key of a slot is a node and the rune that leads on from it, its value the
// next node and the word that ends there. One writer may add slots while others read: a slot is complete before its
// key is stored, and never moves. To grow, the writer makes another table.
type wordTable struct {
	slots []wordSlot
	used  int // slots; only the writer's
	nodes uint32
}

type wordSlot struct {
	key   atomic.Uint64 // node<<32 | rune + 1, 0 in a free slot
	value atomic.Uint64 // next node<<32 | userWord
}

func newWordTable(size int) *wordTable { return &wordTable{slots: make([]wordSlot, size)} }

// find returns the slot of a key, or the free slot where it belongs.
func (t *wordTable) find(key uint64) *wordSlot {
	mask := uint64(len(t.slots) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 20; ; i++ {
		s := &t.slots[i&mask]
		if k := s.key.Load(); k == key || k == 0 {
			return s
		}
	}
}

// step returns the node that r leads to from a node, 0 if there is none, and the word that ends there.
func (t *wordTable) step(node uint32, r rune) (uint32, userWord) {
	s := t.find(uint64(node)<<32 | uint64(r+1))
	if s.key.Load() == 0 {
		return 0, 0
	}
	v := s.value.Load()
	return uint32(v >> 32), userWord(v)
}

func (t *wordTable) put(runes []rune, word userWord) {
	node := uint32(0)
	for i, r := range runes {
		key := uint64(node)<<32 | uint64(r+1)
		s := t.find(key)
		v := s.value.Load()
		if s.key.Load() == 0 {
			t.used++
			t.nodes++
			v = uint64(t.nodes) << 32
		}
		if i == len(runes)-1 {
			v = v>>32<<32 | uint64(word)
		}
		s.value.Store(v)
		s.key.Store(key)
		node = uint32(v >> 32)
	}
}

// grown returns a table with the same slots and room for at least as many again as used.
func (t *wordTable) grown(used int) *wordTable {
	size := len(t.slots)
	for size < used*4 {
		size *= 2
	}
	g := newWordTable(size)
	g.used, g.nodes = t.used, t.nodes
	for i := range t.slots {
		if key := t.slots[i].key.Load(); key != 0 {
			s := g.find(key)
			s.value.Store(t.slots[i].value.Load())
			s.key.Store(key)
		}
	}
	return g
}
