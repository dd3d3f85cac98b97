package view

import (
	"math"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
)

// The kinds of features. Each has keys of its own.
const (
	gram Key = iota + 1
	skip
	word
	kin
	pair
	bag
	edge
)

// Weights of the kinds of features, before a view is brought to length one.
const (
	charShare = 1.0
	wordShare = 1.0
)

// Features appends what the sentence is compared by.
func (s *Sentence) Features(dst []linear.Feature) []linear.Feature {
	from := len(dst)
	dst = s.characters(dst)
	scale(dst[from:], charShare)
	from = len(dst)
	dst = s.words(dst)
	scale(dst[from:], wordShare)
	return dst
}

// scale brings a view to the length.
func scale(fs []linear.Feature, length float64) {
	sum := 0.0
	for _, f := range fs {
		sum += float64(float64(f.Value) * float64(f.Value))
	}
	if sum == 0 {
		return
	}
	by := float32(length / math.Sqrt(sum))
	for i := range fs {
		fs[i].Value *= by
	}
}

func add(dst []linear.Feature, k Key, v float32) []linear.Feature {
	return append(dst, linear.Feature{Key: uint32(k), Value: v})
}

func (s *Sentence) unit(i int) Key {
	if i < 0 || i >= len(s.Units) {
		return edge
	}
	return s.Units[i].Key
}

func (s *Sentence) characters(dst []linear.Feature) []linear.Feature {
	for i := range s.Units {
		k := gram.With(s.Units[i].Key)
		dst = add(dst, k, 1)
		for n := 1; n < 4 && i+n < len(s.Units); n++ {
			k = k.With(s.Units[i+n].Key)
			dst = add(dst, k, 1)
		}
		for gap := 2; gap <= 3 && i+gap < len(s.Units); gap++ {
			dst = add(dst, skip.With(s.Units[i].Key).With(s.Units[i+gap].Key), 0.7)
		}
	}
	if n := len(s.Units); n > 0 {
		dst = add(dst, edge.With(s.Units[0].Key), 1)
		dst = add(dst, edge.With(1).With(s.Units[n-1].Key), 1)
	}
	return dst
}

func (s *Sentence) words(dst []linear.Feature) []linear.Feature {
	last, last2 := edge, edge
	var near [5]Key // the latest words
	n := 0
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Idle {
			continue
		}
		dst = add(dst, word.With(t.Key), 1)
		if t.Kin != 0 {
			dst = add(dst, kin.With(t.Kin), 0.7)
		}
		dst = add(dst, pair.With(last).With(t.Key), 1)
		dst = add(dst, pair.With(last2).With(last).With(t.Key), 0.7)
		for k := 1; k <= min(n, len(near)); k++ {
			dst = add(dst, bag.With(near[(n-k)%len(near)]).With(t.Key), 0.7)
		}
		near[n%len(near)] = t.Key
		n++
		last2, last = last, t.Key
	}
	return add(dst, pair.With(last).With(edge), 1)
}

// Topics appends what the sentence speaks of, for a comparison with texts that are no requests: pairs of
// characters in a word or beside each other, and groups of words that mean the same.
func (s *Sentence) Topics(dst []linear.Feature) []linear.Feature {
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Idle {
			continue
		}
		dst = add(dst, word.With(t.Key), 0.6)
		if t.Kin != 0 {
			dst = add(dst, kin.With(t.Kin), 0.2)
		}
		for k := t.Start; k < t.End; k++ {
			u := &s.Units[k]
			if u.Class == Digit || u.Class == Numeral || u.Class == Mark {
				continue
			}
			if u.Class == Latin {
				dst = add(dst, gram.With(u.Key), 1)
			} else {
				dst = add(dst, gram.With(u.Key), 0.25)
			}
			if k+1 < len(s.Units) && s.Units[k+1].Class == Han && u.Class == Han {
				dst = add(dst, gram.With(u.Key).With(s.Units[k+1].Key), 1)
			}
		}
	}
	return dst
}
