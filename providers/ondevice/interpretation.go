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

	// Next is the next command of a sentence that holds several.
	Next *Interpretation

	// Move is how the sentence goes on with what was said before.
	Move Move

	// State is what the dialogue has come to if what was decided is done. It belongs into the
	// [Context] of the next sentence.
	State State

	idle     bool // there was nothing to cancel
	settled  bool // by a phrase that leaves nothing open
	comma    bool // no more than a comma parts it from Next
	neglects bool // a clause that is a command of its own is left out

	// Why explains the choice, for logs and debugging. The words are not stable.
	Why []string
}

// A Move is how a sentence goes on with a dialogue.
type Move string

// The moves.
const (
	Fresh        Move = ""             // a command of its own, or nothing
	Answer       Move = "answer"       // what was asked for
	Correction   Move = "correction"   // 改成八点
	CarryOver    Move = "carry-over"   // 那明天呢
	Addition     Move = "addition"     // 再加一个
	Choice       Move = "choice"       // 第二个
	Confirmation Move = "confirmation" // 对
	Cancellation Move = "cancellation" // 算了
)

// A Candidate is one reading of a sentence as a call of a tool.
type Candidate struct {
	Tool *assistant.ToolSpec

	// Arguments is the JSON object of the arguments that were found. It satisfies the tool's schema
	// if Missing is empty.
	Arguments string

	// Slots are where the arguments come from.
	Slots []Slot

	// Missing names the required arguments that were not said, or not in a form that the schema
	// allows, in the order of the schema. An object of which nothing is said, and a list of objects that lack
	// something, are named themselves; of other objects the properties are. If nothing required is missing in
	// the objects of a tool, it names what the user could add to them; the call is valid without that.
	Missing []string

	// Invalid are the arguments that were said in a form which the schema does not allow.
	Invalid []Invalid

	// Confidence is the probability that the tool and its arguments are what is meant, from 0 to 1.
	Confidence float64

	partial []Partial // what was said of missing arguments
	more    bool      // what is missing may be left out
	beyond  bool      // words cannot fill what it needs
	unsure  bool      // it is likely what is meant, and a person should say so

	// Why explains the reading, for logs and debugging. The words are not stable.
	Why []string
}

// A Slot is one argument as it was found.
type Slot struct {
	Name   string // of the argument, or the path to what is in an object, such as signs.pulse
	Value  any    // as in JSON: string, float64, bool, or a slice of these
	Source string // the words that it was read from, empty if it is carried over from an earlier sentence
	// Start and End are the byte offsets of Source in the sentence. Words that stand apart have the
	// offsets of the first of them.
	Start, End int
	Origin     Origin
}

// An Origin says how an argument came to its value.
type Origin string

// The origins.
const (
	Said    Origin = ""        // in this sentence
	Heard   Origin = "heard"   // in this sentence, as a name that sounds like what was said
	Carried Origin = "carried" // in an earlier sentence
	Listed  Origin = "listed"  // by the place in what a tool listed
)

// An Invalid is an argument whose value the schema does not allow.
type Invalid struct {
	Name   string // of the argument, or of the property of an object
	Source string // the words
	Reason string // in English, for logs
}

// MaxCandidates bounds the readings in an [Interpretation].
const MaxCandidates = 5

// A Decision is what should be done about a sentence.
type Decision uint8

// The decisions.
const (
	Refuse  Decision = iota // nothing fits well enough
	Act                     // call the first candidate's tool, and those of Next
	Ask                     // a command lacks an argument
	Choose                  // several candidates fit equally well
	Confirm                 // the first candidate is likely, and not certain
)

func (d Decision) String() string {
	switch d {
	case Act:
		return "act"
	case Ask:
		return "ask"
	case Choose:
		return "choose"
	case Confirm:
		return "confirm"
	}
	return "refuse"
}

// Candidates closer than margin are not told apart.
const margin = 0.06

// Decision says what should be done about the sentence.
func (in Interpretation) Decision() Decision {
	if len(in.Candidates) == 0 || in.Candidates[0].Confidence < certain || in.Candidates[0].beyond {
		return Refuse
	}
	if in.ambiguous() {
		return Choose
	}
	decision := Act
	switch {
	case in.Candidates[0].more:
		decision = Confirm
	case len(in.Candidates[0].Missing) > 0:
		decision = Ask
	case in.Candidates[0].unsure:
		decision = Confirm
	}
	if in.Next != nil {
		switch d := in.Next.Decision(); {
		case decision == Choose || d == Choose || d == Refuse:
			return Choose
		case decision == Act || d == Ask:
			return d
		}
	}
	return decision
}

// ambiguous reports whether another tool fits as well as the first candidate's and is as complete.
func (in Interpretation) ambiguous() bool { return len(in.alternatives()) > 1 }

// alternatives are the candidates that cannot be told from the first.
func (in Interpretation) alternatives() []Candidate {
	first := in.Candidates[0]
	out := []Candidate{first}
	for _, c := range in.Candidates[1:] {
		if c.Confidence >= certain && first.Confidence-c.Confidence < margin && len(c.Missing) <= len(first.Missing) {
			out = append(out, c)
		}
	}
	return out
}

// asked returns the command of the sentence that lacks something.
func (in Interpretation) asked() *Candidate {
	for c := &in; c != nil; c = c.Next {
		if len(c.Candidates[0].Missing) > 0 {
			return &c.Candidates[0]
		}
	}
	return nil
}
