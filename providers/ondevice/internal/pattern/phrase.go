package pattern

import "strings"

// A Kind is what a candidate is: a sort of value (a time), or the names of one list. The kinds above 0 belong to the
// caller.
type Kind uint32

// Text is the kind of free text, which needs no candidate.
const Text Kind = 0

// MaxKind is the largest kind that a caller can use.
const MaxKind Kind = 1<<24 - 1

// A Phrase is a sentence with open places, in the language of this package.
type Phrase struct {
	Text string
	// Scope says what the names in Text mean. It may be shared. If nil, slots take any text, and there are no others.
	Scope *Scope
	// Rank is for phrases that a sentence fits equally well: the lowest comes first. The number of names that can
	// fill the slots makes a good rank, because the name of few says more than the name of many.
	Rank int
}

// A Scope is what the names in phrases mean.
type Scope struct {
	// Rules are parts of phrases by the name in <name>.
	Rules map[string]string

	// Lists are values of slots, by the name behind the colon, or by the name of the slot where it has no colon. Each value is
	// a phrase without slots, rules included.
	Lists map[string][]string

	// Kinds are the candidates that fill a slot, by the same names as Lists, which they may stand beside; the kinds
	// that come first are preferred. [Text] among them allows free text too. A slot without colon that has neither
	// list nor kinds takes free text.
	Kinds map[string][]Kind
}

// Quote returns the phrase that means text and nothing else.
func Quote(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`[](){}<>|;&\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A Slot is an open place of a phrase.
type Slot struct {
	Name string
	// Of is what it is filled from: the name behind the colon, or Name.
	Of string
}
