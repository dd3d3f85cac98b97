package ondevice

// remind guesses which of the tools without phrases a sentence is about, by their descriptions. Such a
// guess is enough to name the tool, and not to call it.
func (s *toolset) remind(t *text, m *matching) {
	if len(s.silent) == 0 {
		return
	}
	best, most, second := -1, 0.0, 0.0
	for k, score := range s.matcher().Scores(t.runes) {
		if score > most {
			best, most, second = s.silent[k], score, most
		} else {
			second = max(second, score)
		}
	}
	if best >= 0 && most > second {
		m.best[best].guess = max(m.best[best].guess, reminded)
	}
}

// reminded is the probability of such a guess.
const reminded = 0.3
