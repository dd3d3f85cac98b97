package assist

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Budget bounds what a [Ranker] spends on one query. The zero value suits a list in a shop.
type Budget struct {
	// Candidates is how many items the model chooses from, at most 50. Zero means 30.
	Candidates int
	// Input is the most tokens of a prompt, as estimated: the last candidates are left out until it
	// fits. Zero means 4000.
	Input int
	// Output is the most tokens of an answer, as MaxTokens of the request. Zero is what the answer
	// needs. A limit that cuts the answer off costs the places that are not in it.
	Output int

	// Price is what the model costs; zero is not known.
	Price Price
	// Cost is the most one call may cost, in the currency of Price, as estimated from the prompt and
	// a full answer: candidates are left out until it fits. It is not looked at if it or Price is zero.
	Cost float64
}

// Price is what a vendor charges for a million tokens, in a currency of the caller's choice.
type Price struct {
	Input, Output float64
}

// Of returns what so many tokens cost.
func (p Price) Of(u assistant.Usage) float64 { return p.of(u.Input, u.Output) }

func (p Price) of(input, output int) float64 {
	return (float64(input)*p.Input + float64(output)*p.Output) / 1e6
}

const (
	defaultCandidates = 30
	maxCandidates     = 50
	defaultInput      = 4000
)

func (b Budget) candidates() int {
	if b.Candidates <= 0 {
		return defaultCandidates
	}
	return min(b.Candidates, maxCandidates)
}

// output returns the tokens that an answer with so many places may have.
func (b Budget) output(places int, reasons bool) int {
	switch {
	case b.Output > 0:
		return b.Output
	case reasons:
		return 64 + 64*places
	}
	return 64 + 8*places
}

// fits reports whether a prompt of so many tokens and its answer are within the budget.
func (b Budget) fits(input, output int) bool {
	limit := b.Input
	if limit <= 0 {
		limit = defaultInput
	}
	return input <= limit && (b.Cost <= 0 || b.Price.of(input, output) <= b.Cost)
}

// tokens estimates how many tokens a text has, rather too many: one for each character that is not
// ASCII, one for every three that are.
func tokens(s string) int {
	other := 0
	for _, r := range s {
		if r >= utf8.RuneSelf {
			other++
		}
	}
	ascii := 0
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			ascii++
		}
	}
	return other + (ascii+2)/3
}
