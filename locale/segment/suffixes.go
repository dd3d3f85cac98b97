package segment

// joinSuffixes gives words the suffixes that the path has left alone: 学生们, 旅游者, 清河镇.
func (b *block) joinSuffixes() {
	for k := b.candidates.next(suffixRule, 0, b.end); k < b.end; k = b.candidates.next(suffixRule, k+1, b.end) {
		s, word := b.piece(k), b.before(k)
		if s.class != Word || s.trait&suffixing == 0 || !b.suffixed(word, s, b.piece(s.to)) {
			continue
		}
		word.to = s.to
		if s.trait&division == 0 {
			word.tag = Noun
		}
		b.join(word)
	}
}

// suffixed reports whether word and the suffix s make one word before next.
func (b *block) suffixed(word, s, next piece) bool {
	if word.places() == 0 || word.class != Word || b.places[word.from].kind() != han {
		return false
	}
	nominal := word.tag == Noun || word.tag == VerbalNoun || word.tag == Verb || word.tag == Adjective || word.tag == Attributive
	switch spelled := b.spelling(s); {
	case b.trait(s.from)&division != 0:
		return word.tag == Place && word.places() > 1 && word.places() < 5 && b.trait(word.to-1)&division == 0
	case spelled == b.plural:
		return word.tag == Noun && word.places() > 1 || word.tag == Person || word.tag == Noun && word.places() == 1
	case spelled == b.change:
		return nominal && word.places() == 2 && !among(b.spelling(next), b.afterVerb)
	default:
		return nominal && word.places() == 2
	}
}
