package view

// The kinds of features of a place. Each has keys of its own.
const (
	atUnit Key = iota + 100
	atPair
	atClass
	atTag
	atTags
	atWord
	atGroup
	atNear
	atSpan
	atSpanEnd
	atSpanNext
	atBias
	own
)

// Place appends what is true of unit i, for marking slots. Hide leaves out what comes from lists.
func (s *Sentence) Place(dst []uint32, i int, hide bool) []uint32 {
	put := func(k Key) { dst = append(dst, uint32(k)) }
	for d := -2; d <= 2; d++ {
		put(atUnit.With(Key(d + 2)).With(s.unit(i + d)))
	}
	for d := -1; d <= 0; d++ {
		put(atPair.With(Key(d + 2)).With(s.unit(i + d)).With(s.unit(i + d + 1)))
	}
	for d := -1; d <= 1; d++ {
		put(atClass.With(Key(d + 1)).With(s.shape(i + d)))
		put(atTag.With(Key(d + 1)).With(s.tag(i + d)))
		put(atWord.With(Key(d + 1)).With(s.wordAt(i + d)))
	}
	put(atTags.With(s.tag(i - 1)).With(s.tag(i)))
	put(atTags.With(1).With(s.tag(i)).With(s.tag(i + 1)))
	put(atBias)
	return s.placeTokens(dst, i, hide)
}

// shape tells how a unit is written and whether a word begins there.
func (s *Sentence) shape(i int) Key {
	if i < 0 || i >= len(s.Units) {
		return edge
	}
	k := Key(s.Units[i].Class) << 2
	if s.Units[i].First {
		k++
	}
	if s.Units[i].Spaced && i > 0 && s.Units[i].Class == Latin && s.Units[i-1].Class == Latin {
		k += 2
	}
	return k
}

func (s *Sentence) tag(i int) Key {
	if i < 0 || i >= len(s.Units) {
		return 1 << 10
	}
	k := Key(s.Units[i].Tag) << 1
	if s.Units[i].First {
		k++
	}
	return k
}

func (s *Sentence) wordAt(i int) Key {
	if i < 0 || i >= len(s.Units) {
		return edge
	}
	return s.Units[i].Word
}

// placeTokens adds the words around, and the spans that cover the place or meet it.
func (s *Sentence) placeTokens(dst []uint32, i int, hide bool) []uint32 {
	put := func(k Key) { dst = append(dst, uint32(k)) }
	at := s.tokenOf(i)
	t := &s.Tokens[at]
	inside := Key(0)
	if t.Start != i {
		inside = 1
	}
	put(atGroup.With(inside).With(t.Key))
	put(atGroup.With(2 + inside).With(t.Kin))
	before, after := s.tokenKey(at-1), s.tokenKey(at+1)
	put(atNear.With(before).With(inside))
	put(atNear.With(1).With(after).With(inside))
	put(atNear.With(2).With(before).With(t.Key).With(inside))
	put(atNear.With(3).With(t.Key).With(after).With(inside))
	put(atNear.With(4).With(s.tokenKey(at - 2)).With(inside))
	put(atNear.With(5).With(s.tokenKey(at + 2)).With(inside))
	covered := false
	for k := range s.Spans {
		sp := &s.Spans[k]
		if sp.Start > i+1 {
			break
		}
		if sp.Listed && hide {
			continue
		}
		switch {
		case sp.Start <= i && i < sp.End:
			if covered { // only the widest one counts as a whole
				continue
			}
			covered = true
			place := Key(1)
			if sp.Start == i {
				place = 0
			}
			put(atSpan.With(sp.Kind).With(place))
			if sp.End == i+1 {
				put(atSpan.With(sp.Kind).With(2))
			}
			put(atSpan.With(sp.Kind).With(place + 3).With(before))
		case sp.End == i:
			put(atSpanEnd.With(sp.Kind))
		case sp.Start == i+1:
			put(atSpanNext.With(sp.Kind))
		}
	}
	return dst
}

// tokenOf returns the index of the token that unit i is in.
func (s *Sentence) tokenOf(i int) int {
	lo, hi := 0, len(s.Tokens)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if s.Tokens[mid].Start <= i {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

func (s *Sentence) tokenKey(i int) Key {
	if i < 0 || i >= len(s.Tokens) {
		return edge
	}
	return s.Tokens[i].Key
}

// Own appends what is true of unit i for one tool only.
func (s *Sentence) Own(dst []uint32, i int, tool Key, hide bool) []uint32 {
	put := func(k Key) { dst = append(dst, uint32(own.With(tool).With(k))) }
	t := s.tokenOf(i)
	inside := Key(0)
	if s.Tokens[t].Start != i {
		inside = 1
	}
	put(inside)
	put(atUnit.With(s.unit(i)))
	put(atGroup.With(s.Tokens[t].Key).With(inside))
	put(atNear.With(s.tokenKey(t - 1)).With(inside))
	put(atNear.With(1).With(s.tokenKey(t + 1)).With(inside))
	put(atClass.With(s.shape(i)))
	for k := range s.Spans {
		sp := &s.Spans[k]
		if sp.Start > i {
			break
		}
		if i < sp.End && !(sp.Listed && hide) {
			place := Key(1)
			if sp.Start == i {
				place = 0
			}
			put(atSpan.With(sp.Kind).With(place))
			break
		}
	}
	return dst
}
