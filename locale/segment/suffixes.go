package segment

// joinSuffixes gives words the suffixes that the path has left alone: 学生们, 旅游者, 清河镇.
func (b *block) joinSuffixes(list *pieces) {
	if list.moved {
		list.begin()
	}
	n := 0
	for i := 0; i < list.n; i++ {
		if n == i && !list.moved {
			if i = list.next(suffixRule, i); i == list.n {
				return
			}
			n = i
		}
		p := &list.list[i]
		if p.trait&(suffix|division) != 0 && p.class == Word && b.suffixed(list.at(n-1), *p, list.at(i+1)) {
			word := &list.list[n-1]
			word.to = p.to
			if p.trait&division == 0 {
				word.tag = Noun
			}
			continue
		}
		if n != i {
			list.list[n] = *p
		}
		n++
	}
	list.shorten(n)
}

// suffixed reports whether word and the suffix s make one word before next.
func (b *block) suffixed(word, s, next piece) bool {
	if word.places() == 0 || word.class != Word || b.kind[word.from] != han {
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
