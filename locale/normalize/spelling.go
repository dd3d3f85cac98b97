package normalize

import "strings"

// A Spelling knows how words are written, such as iOS and GitHub. It does not change and is safe for concurrent use.
type Spelling struct {
	written map[string]string // by the lower-case word
	longest int
}

// NewSpelling returns the spelling that writes every word as given, and every key of also, in whatever case it stands,
// as its value: {"wifi": "Wi-Fi"}. Words are ASCII without spaces; others are never found. A word counts only where it
// has Chinese, a space or a mark that ends a phrase around it, not in names such as ios_name and ios.example.
func NewSpelling(words []string, also map[string]string) *Spelling {
	sp := &Spelling{written: make(map[string]string)}
	add := func(word, written string) {
		sp.written[strings.ToLower(word)] = written
		sp.longest = max(sp.longest, len(word))
	}
	for _, word := range words {
		add(word, word)
	}
	for word, written := range also {
		add(word, written)
	}
	return sp
}

// word returns the next run of visible ASCII characters at s[i] or later, without marks at its end.
func (sp *Spelling) word(s string, i int) (start, end, next int) {
	for i < len(s) && !isVisible(s[i]) {
		i++
	}
	for start = i; i < len(s) && isVisible(s[i]); i++ {
	}
	for end = i; end > start && strings.IndexByte(",.!?;:)", s[end-1]) >= 0; end-- {
	}
	return start, end, i
}

func isVisible(b byte) bool { return ' ' < b && b < 0x7F }

// spelled returns how a word is written.
func (sp *Spelling) spelled(word string) string {
	if len(word) <= sp.longest {
		if written, ok := sp.written[strings.ToLower(word)]; ok {
			return written
		}
	}
	return word
}

func (sp *Spelling) span(s string) int {
	for i := 0; i < len(s); {
		start, end, next := sp.word(s, i)
		if word := s[start:end]; sp.spelled(word) != word {
			return start
		}
		i = next
	}
	return len(s)
}

func (sp *Spelling) write(e *editor, s string, _ part, from int) {
	pending := 0
	for i := from; i < len(s); {
		start, end, next := sp.word(s, i)
		if word := s[start:end]; sp.spelled(word) != word {
			e.dst = append(e.dst, s[pending:start]...)
			at := e.length()
			e.dst = append(e.dst, sp.spelled(word)...)
			e.note(at, start, end)
			pending = end
		}
		i = next
	}
	e.dst = append(e.dst, s[pending:]...)
}

func (sp *Spelling) known(s string, from int) (n, looked int) {
	end := wholeCharacters(s)
	for n = end; n > from; n-- {
		if !isVisible(s[n-1]) {
			return n, end
		}
	}
	return 0, end
}
