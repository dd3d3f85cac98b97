package segment

// emitInside yields the words of two and then those of three characters that are inside p.
func (b *block) emitInside(p piece, yield func(Token) bool) bool {
	if p.class != Word && p.class != fixed {
		return true
	}
	for size := 2; size <= 3 && size < p.places(); size++ {
		for k := p.from; int(k)+size <= int(p.to); k++ {
			if v, ok := b.wordAt(int(k), size); ok && !yield(b.token(piece{span: span{k, k + uint16(size)}, tag: v.tag()})) {
				return false
			}
		}
	}
	return true
}

// emitAll yields all words that start before place end, and what is in none of them.
func (b *block) emitAll(end int, yield func(Token) bool) bool {
	reach := 0
	for k := 0; k < end; k++ {
		unit := int(b.unit[k])
		if unit == 0 {
			continue
		}
		longest := b.longest(k)
		if k >= reach && !b.longer(k, unit, longest) {
			p := piece{span: span{uint16(k), uint16(k + unit)}, class: b.kind[k].class()}
			if v, ok := b.wordAt(k, unit); ok {
				p.class, p.tag = Word, v.tag()
			}
			if !yield(b.token(p)) {
				return false
			}
			reach = k + unit
			continue
		}
		for size := unit + 1; size <= longest; size++ {
			if v, ok := b.wordAt(k, size); ok {
				reach = max(reach, k+size)
				if !yield(b.token(piece{span: span{uint16(k), uint16(k + size)}, tag: v.tag()})) {
					return false
				}
			}
		}
	}
	return true
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
	if k+size > b.n || b.unit[k] == 0 || b.unit[k+size] == 0 {
		return 0, false
	}
	if b.user != nil {
		if w := b.userWordAt(k, size); w&isWord != 0 {
			return w.value(), true
		} else if w&isHidden != 0 {
			return 0, false
		}
	}
	state := b.first[k]
	for j := k + 1; j < k+size && state != 0; j++ {
		state = b.words.StepCode(state, b.code[j])
	}
	v, ok := b.words.Value(state)
	return value(v), ok && (!b.plain || value(v).split() != onlyRules)
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
