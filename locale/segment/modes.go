package segment

// emitSearch emits the words of the path, each after the words inside it.
func (b *block) emitSearch() {
	for k := 0; k < b.end; {
		s := b.path[k]
		t := b.token(k, s.next(), s.value())
		if t.Class == Word {
			b.emitInside(k, s.next())
		}
		b.tokens = append(b.tokens, t)
		k = s.next()
	}
}

// emitInside emits the words of two and then those of three characters that are inside the word from place from to to.
func (b *block) emitInside(from, to int) {
	for size := 2; size <= 3 && size < to-from; size++ {
		for k := from; k+size <= to; k++ {
			if v, ok := b.wordAt(k, size); ok {
				b.tokens = append(b.tokens, b.token(k, k+size, v))
			}
		}
	}
}

// emitAll emits all words that start before the end of the path, and what is in none of them.
func (b *block) emitAll() {
	reach := 0
	for k := range b.end {
		unit := b.places[k].unit()
		if unit == 0 {
			continue
		}
		longest := b.longest(k)
		if k >= reach && !b.longer(k, unit, longest) {
			v, _ := b.wordAt(k, unit)
			b.tokens = append(b.tokens, b.token(k, k+unit, v))
			reach = k + unit
			continue
		}
		for size := unit + 1; size <= longest; size++ {
			if v, ok := b.wordAt(k, size); ok {
				reach = max(reach, k+size)
				b.tokens = append(b.tokens, b.token(k, k+size, v))
			}
		}
	}
}

// longer reports whether a word longer than unit starts at place k; none is longer than longest.
func (b *block) longer(k, unit, longest int) bool {
	for size := unit + 1; size <= longest; size++ {
		if _, ok := b.wordAt(k, size); ok {
			return true
		}
	}
	return false
}

// wordAt returns the word that takes the places from k on, and whether there is one.
func (b *block) wordAt(k, size int) (value, bool) {
	if k+size > b.n || b.places[k].unit() == 0 || b.places[k+size].unit() == 0 {
		return 0, false
	}
	if b.user != nil {
		if w := b.userWordAt(k, size); w&isWord != 0 {
			return w.value(), true
		} else if w&isHidden != 0 {
			return 0, false
		}
	}
	v, ok := b.dictionaryWord(k, k+size)
	return v, ok && (!b.plain || v.split() != onlyRules)
}

// userWordAt returns the caller's word that takes the places from k on.
func (b *block) userWordAt(k, size int) userWord {
	node, word := uint32(0), userWord(0)
	for j := k; j < k+size; j++ {
		if node, word = b.user.step(node, b.rune[j]); node == 0 {
			return 0
		}
	}
	return word
}
