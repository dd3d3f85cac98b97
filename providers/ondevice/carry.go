package ondevice

import "slices"

// carry understands a turn that asks the same of something else: 那明天呢, 上海呢.
func (d *dialogue) carry(t *text, own Interpretation) (Interpretation, bool) {
	if d.state.Phase == Choosing || d.state.Phase == Asked || t.isTalk(own) {
		return Interpretation{}, false
	}
	words := dialogueWords()
	s, led := t.all().marks().behind(words.share)
	s, asked := s.before(words.ask)
	s = s.bare()
	if !led && !asked || s.empty() {
		return Interpretation{}, false
	}
	w := d.refill(t)
	said, ok := w.fresh(s)
	if !ok {
		return Interpretation{}, false
	}
	in, ok := d.finish(w, CarryOver, "asks the same as before of something else")
	if ok {
		in.Candidates[0].unsure = !in.Candidates[0].Tool.ReadOnly && !said
	}
	return in, ok
}

// fresh gives the values in a stretch to the arguments that take them, in the place of what they had,
// and reports whether all of them have a type and whether that explains the whole stretch.
func (w *filling) fresh(s stretch) (typed, ok bool) {
	spans := w.reading.spansFor(w.text, w.tool)
	typed = true
	used := make(map[int]bool)
	words, _, _ := s.slice(s.from, s.to)
	for ai, a := range w.tool.args { // 三斤 is an amount, not the unit with something before it
		if a.shape != nil && a.form == freeText && a.shape.MatchString(words) {
			return true, w.giveText(ai, s)
		}
	}
	from, to := -1, -1 // of the text that no type explains
	for i := s.from; i < s.to; {
		if sp := longestWithin(spans, i, s.to); sp != nil {
			if ai := w.taker(sp, used); ai >= 0 && w.giveTo(ai, stretch{s.text, sp.start, sp.end}) {
				used[ai] = true
				i = sp.end
				if around, _ := w.text.ceiling(sp); sp.kind == numeric && w.tool.args[ai].bounded() {
					i = min(around.to, s.to)
				}
				continue
			}
		}
		k := s.tokens[i]
		end := min(w.text.stepAt(i), s.to)
		switch {
		case k.class&filler != 0 && from < 0:
			end = min(k.end, s.to)
		case from < 0:
			from, to = i, end
		case to == i:
			to = end
		case k.class&filler == 0:
			return false, false // words in two places
		}
		i = end
	}
	if from >= 0 {
		typed = false
		rest := stretch{s.text, from, to}.bare()
		ai := w.textArgument(used)
		if ai < 0 || !w.prosaic(rest) || !w.giveTo(ai, rest) {
			return false, false
		}
		used[ai] = true
	}
	return typed, len(used) > 0
}

func longestWithin(spans []span, from, to int) *span {
	for k := range spans {
		if spans[k].start == from && spans[k].end <= to {
			return &spans[k]
		}
	}
	return nil
}

// taker returns the argument that a value is for: one that has a value, then any that takes it.
func (w *filling) taker(s *span, used map[int]bool) int {
	best, most := -1, 0
	for ai, a := range w.tool.args {
		if used[ai] || !accepts(w.tool.args, ai, s) {
			continue
		}
		score := 1
		if len(w.values[ai]) > 0 {
			score += 2
		}
		if a.kind() == s.kind {
			score += 4
		}
		if score > most {
			best, most = ai, score
		}
	}
	return best
}

// textArgument returns the argument that free text is for: the one that has such a value, or the only
// one that takes it, or -1.
func (w *filling) textArgument(used map[int]bool) int {
	found, filled := []int(nil), []int(nil)
	for ai, a := range w.tool.args {
		if a.form != freeText || used[ai] {
			continue
		}
		found = append(found, ai)
		if len(w.values[ai]) > 0 {
			filled = append(filled, ai)
		}
	}
	switch {
	case len(filled) == 1:
		return filled[0]
	case len(found) == 1:
		return found[0]
	}
	return -1
}

// stepAt returns where the character at rune i ends; Latin words are not split.
func (t *text) stepAt(i int) int {
	if isLatin(t.runes[i]) {
		return t.tokens[i].end
	}
	return i + 1
}

// add understands a turn that wants the same once more: 再来一个, 再加上鸡蛋, 明天也要一个.
func (d *dialogue) add(t *text, own Interpretation) (Interpretation, bool) {
	if d.state.Phase == Choosing || t.isTalk(own) || asking(t.runes) {
		return Interpretation{}, false
	}
	words := dialogueWords()
	s, more := t.all().marks().behind(words.add)
	s, _ = s.behind(words.unit)
	s, _ = s.before(words.unit)
	s, also := s.before(alsoWords())
	s = s.bare()
	if !more && !also {
		return Interpretation{}, false
	}
	w := d.refill(t)
	if s.empty() {
		if !w.vary() {
			return Interpretation{}, false
		}
		return d.finishAnew(w)
	}
	for ai, a := range w.tool.args {
		if a.list && d.state.Phase != Asked {
			w.clear(ai)
		}
	}
	if _, ok := w.fresh(s); !ok {
		return Interpretation{}, false
	}
	return d.finishAnew(w)
}

// finishAnew finishes a command that is like the last, and not it.
func (d *dialogue) finishAnew(w *filling) (Interpretation, bool) {
	return d.finish(w, Addition, "wants the same once more")
}

// vary empties the arguments in which a second command must differ from the first, such as the time of
// an alarm, so that they are asked for. It reports false if the first one still lacks something.
func (w *filling) vary() bool {
	required := slices.ContainsFunc(w.tool.args, func(a argument) bool { return a.required })
	for ai, a := range w.tool.args {
		if len(w.partial) > 0 || a.required && len(w.values[ai]) == 0 {
			return false
		}
		if a.required && !w.tool.spec.ReadOnly && (a.kind() == moment || a.kind() == prose) {
			w.clear(ai)
		}
	}
	return required || w.tool.spec.ReadOnly
}
