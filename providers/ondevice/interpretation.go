package ondevice

import "github.com/zhushou-ai/zhushou/assistant"

// An Interpretation is what the engine makes of one sentence, and why.
type Interpretation struct {
	// Text is the sentence as it was given.
	Text string

	// Candidates are the readings as a command, best first; at most [MaxCandidates]. A reading that
	// is far from any phrase is left out, so there may be none.
	Candidates []Candidate

	// Topic names what else the sentence may be, such as "writing" or "greeting", and Background
	// says how well that fits, from 0 to 1.
	Topic      string
	Background float64

	// Next is the second command of a sentence that holds two.
	Next *Interpretation

	// Cancelled reports that the user dropped the command that [Context.Last] asked about.
	Cancelled bool

	// Why explains the choice, for logs and debugging. The words are not stable.
	Why []string
}

// A Candidate is one reading of a sentence as a call of a tool.
type Candidate struct {
	Tool *assistant.ToolSpec

	// Arguments is the JSON object of the arguments that were found. It satisfies the tool's schema
	// if Missing is empty.
	Arguments string

	// Slots are where the arguments come from.
	Slots []Slot

	// Missing names the required arguments that were not said, or not in a form that the schema
	// allows, in the order of the schema.
	Missing []string

	// Confidence is from 0 to 1 and comparable within one engine.
	Confidence float64

	partial []Slot // what was said of missing arguments

	// Why explains the reading, for logs and debugging. The words are not stable.
	Why []string
}

// A Slot is one argument as it was found.
type Slot struct {
	Name   string // of the argument
	Value  any    // as in JSON: string, float64, bool, or a slice of these
	Source string // the words that it was read from
	// Start and End are the byte offsets of Source in the sentence that it was said in. Words that
	// stand apart have the offsets of the first of them.
	Start, End int
}

// MaxCandidates bounds the readings in an [Interpretation].
const MaxCandidates = 5

// A Decision is what should be done about a sentence.
type Decision uint8

// The decisions.
const (
	Refuse Decision = iota // nothing fits well enough
	Act                    // call the first candidate's tool, and those of Next
	Ask                    // the first candidate lacks an argument
	Choose                 // several candidates fit equally well, or only part of the sentence was understood
)

func (d Decision) String() string {
	switch d {
	case Act:
		return "act"
	case Ask:
		return "ask"
	case Choose:
		return "choose"
	}
	return "refuse"
}

// A candidate below certain is not acted on. Candidates closer than margin are not told apart.
const (
	certain = 0.64
	margin  = 0.06
)

// Decision says what should be done about the sentence.
func (in Interpretation) Decision() Decision {
	if len(in.Candidates) == 0 || in.Candidates[0].Confidence < certain {
		return Refuse
	}
	first := in.Candidates[0]
	switch {
	case in.ambiguous():
		return Choose
	case in.Next != nil && (len(first.Missing) > 0 || in.Next.Decision() != Act):
		return Choose
	case len(first.Missing) > 0:
		return Ask
	}
	return Act
}

// ambiguous reports whether another tool fits as well as the first candidate's and is as complete.
func (in Interpretation) ambiguous() bool {
	first := in.Candidates[0]
	for _, c := range in.Candidates[1:] {
		if c.Confidence >= certain && first.Confidence-c.Confidence < margin && len(c.Missing) <= len(first.Missing) {
			return true
		}
	}
	return false
}
