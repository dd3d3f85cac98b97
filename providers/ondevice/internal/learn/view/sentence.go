// Package view reads a sentence in the two ways that learning compares sentences by: character by
// character, and as the words that matter, with those that mean the same made one and typed spans
// replaced by their kinds.
package view

import (
	"unicode"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/segment"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/sense"
)

// MaxUnits bounds what is read of a sentence.
const MaxUnits = 256

// A Class is what a unit is written with.
type Class uint8

const (
	Han Class = iota
	Latin
	Digit
	Numeral // 一, 十, 两
	Mark
)

// A Unit is a Chinese character, a run of Latin letters or of digits, or a mark.
type Unit struct {
	Start, End int // runes of the text
	Key        Key
	Class      Class
	Spaced     bool        // there was space before it
	Tag        uint8       // the part of speech of the word that it is in
	First      bool        // it begins a word
	Word       Key         // of the word that it is in
	Group      sense.Group // of the longest word of a group that it is in
}

// A Span is a stretch of units with a type.
type Span struct {
	Start, End int
	Kind       Key
	Listed     bool
}

// A Token is a word, or a span that counts as one.
type Token struct {
	Start, End int // units
	Key        Key
	Kin        Key  // what it shares with its relatives, 0 if it has none
	Idle       bool // it says nothing about what is asked for
}

// A Sentence is a text that was read. It can be read into again, which saves allocation.
type Sentence struct {
	Units  []Unit
	Spans  []Span // by start, the longer ones first
	Tokens []Token

	folded []rune
	at     []int32 // unit of each byte of the folded text
	text   []byte
}

// numerals count as Class Numeral.
func isNumeral(r rune) bool {
	switch r {
	case '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '半':
		return true
	}
	return false
}

func classOf(r rune) Class {
	switch {
	case r < utf8.RuneSelf && '0' <= r && r <= '9':
		return Digit
	case unicode.Is(unicode.Han, r):
		if isNumeral(r) {
			return Numeral
		}
		return Han
	case unicode.IsLetter(r):
		return Latin
	case unicode.IsDigit(r):
		return Digit
	}
	return Mark
}

// digits is what every run of digits counts as.
var digits = KeyOf("#")

// Read reads a text. Spans are added afterwards by [Sentence.Type].
func (s *Sentence) Read(runes []rune) {
	s.Units, s.Spans, s.Tokens = s.Units[:0], s.Spans[:0], s.Tokens[:0]
	s.folded, s.text, s.at = s.folded[:0], s.text[:0], s.at[:0]
	spaced := false
	for i, r := range runes {
		r = fold.All.Rune(r)
		s.folded = append(s.folded, r)
		if unicode.IsSpace(r) {
			spaced = true
			continue
		}
		class := classOf(r)
		n := len(s.Units)
		if n > 0 && !spaced && (class == Latin || class == Digit) && s.Units[n-1].Class == class {
			u := &s.Units[n-1]
			u.End = i + 1
			if class == Latin {
				u.Key = u.Key.With(Key(r))
			}
		} else {
			if n == MaxUnits {
				break
			}
			u := Unit{Start: i, End: i + 1, Key: seed.With(Key(r)), Class: class, Spaced: spaced}
			if class == Digit {
				u.Key = digits
			}
			if spaced && n > 0 && s.Units[n-1].Class == Latin && class == Latin {
				s.text = append(s.text, ' ')
				s.at = append(s.at, int32(n))
			}
			s.Units = append(s.Units, u)
		}
		spaced = false
		before := len(s.text)
		s.text = utf8.AppendRune(s.text, r)
		for range len(s.text) - before {
			s.at = append(s.at, int32(len(s.Units)-1))
		}
	}
	s.segment()
}

var segmenter segment.Segmenter

// segment marks the words, as the dictionary has them.
func (s *Sentence) segment() {
	text := string(s.text)
	for t := range segmenter.Cut(text) {
		if t.Start >= len(s.at) {
			break
		}
		first, last := s.at[t.Start], s.at[t.End()-1]
		u := &s.Units[first]
		u.First = true
		key := KeyOf(t.Text)
		for i := first; i <= last; i++ {
			s.Units[i].Word, s.Units[i].Tag = key, uint8(t.Tag)
		}
	}
}

// unitAt returns the unit that the rune at offset r is in, or the first after it.
func (s *Sentence) unitAt(r int) int {
	lo, hi := 0, len(s.Units)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.Units[mid].End <= r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Range returns the units that the runes from start to end touch.
func (s *Sentence) Range(start, end int) (from, to int) {
	from, to = s.unitAt(start), s.unitAt(end)
	if to < len(s.Units) && s.Units[to].Start < end {
		to++
	}
	return from, max(from, to)
}

// Type adds a span, from start to end in runes.
func (s *Sentence) Type(start, end int, kind Key, listed bool) {
	from, to := s.Range(start, end)
	if from == to {
		return
	}
	x := Span{from, to, kind, listed}
	i := len(s.Spans)
	s.Spans = append(s.Spans, x)
	for i > 0 && before(x, s.Spans[i-1]) {
		s.Spans[i] = s.Spans[i-1]
		i--
	}
	s.Spans[i] = x
}

func before(a, b Span) bool {
	if a.Start != b.Start {
		return a.Start < b.Start
	}
	if a.End != b.End {
		return a.End > b.End
	}
	return a.Kind < b.Kind
}

// Named are the parts of speech of names, which rarely are the same in two sentences.
func named(tag segment.Tag) bool {
	switch tag {
	case segment.Place, segment.Person, segment.Transliterated, segment.Organization, segment.ProperNoun:
		return true
	}
	return false
}

var tagSeed = KeyOf("tag")
var groupSeed = KeyOf("group")
var spanSeed = KeyOf("span")
var latinKin = KeyOf("latin")

// Tokenize finds the words that matter. It comes after the last span.
func (s *Sentence) Tokenize() {
	next := 0
	for i := 0; i < len(s.Units); {
		for next < len(s.Spans) && s.Spans[next].Start < i {
			next++
		}
		t := s.token(i)
		if next < len(s.Spans) {
			if sp := s.Spans[next]; sp.Start == i && sp.End >= t.End {
				t = Token{Start: i, End: sp.End, Key: spanSeed.With(sp.Kind)}
			}
		}
		s.Tokens = append(s.Tokens, t)
		i = t.End
	}
}

func (s *Sentence) token(i int) Token {
	u := &s.Units[i]
	end := i + 1
	if u.First {
		for end < len(s.Units) && s.Units[end].Word == u.Word && !s.Units[end].First {
			end++
		}
	}
	if u.Class == Mark {
		return Token{Start: i, End: i + 1, Key: u.Key, Idle: true}
	}
	g, n := sense.Longest(s.folded[u.Start:min(len(s.folded), u.Start+sense.MaxRunes)])
	if n > 0 {
		if to := s.unitAt(u.Start + n); to >= end && (to == len(s.Units) || s.Units[to].Start >= u.Start+n) {
			for k := i; k < to; k++ {
				s.Units[k].Group = g
			}
			t := Token{Start: i, End: to, Key: groupSeed.With(Key(g)), Idle: g.Idle()}
			if f := g.Family(); f != g {
				t.Kin = groupSeed.With(Key(f)).With(1)
			} else {
				t.Kin = t.Key.With(1)
			}
			return t
		}
	}
	t := Token{Start: i, End: end, Key: u.Word}
	switch {
	case u.Class == Digit:
		t.Key = digits
	case !u.First:
		t.Key = u.Key
	case u.Class == Latin:
		t.Kin = latinKin
		for t.End < len(s.Units) && s.Units[t.End].Class == Latin {
			t.End, t.Key, t.Kin = t.End+1, latinKin, 0 // a name, most likely
		}
	case named(segment.Tag(u.Tag)):
		t.Kin = tagSeed.With(Key(u.Tag))
	}
	return t
}
