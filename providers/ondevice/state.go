package ondevice

import (
	"encoding/json"
	"slices"
	"time"
)

// A State is what a dialogue has come to: the commands that were spoken of last, and what became of
// them. It is plain JSON, and the zero State is the beginning. [Engine.Understand] takes one and gives
// the next; [Engine.Stream] derives it from the messages of the request, so that nothing need be stored.
type State struct {
	Phase Phase `json:"phase,omitzero"`

	// Commands are those of the last sentence that was understood, in order; while choosing, they are
	// what there is to choose from.
	Commands []Command `json:"commands,omitzero"`

	// Listed is what the last tool listed, so that the user can say 第二个.
	Listed []json.RawMessage `json:"listed,omitzero"`

	// Said is when that was, and Turns how many sentences have been about something else since.
	Said  time.Time `json:"said,omitzero"`
	Turns int       `json:"turns,omitzero"`
}

// A Phase says what became of the commands of a [State].
type Phase string

// The phases.
const (
	Done       Phase = "done"       // they were carried out, as far as the engine can know
	Asked      Phase = "asked"      // the user was asked for an argument
	Choosing   Phase = "choosing"   // the user was asked which one is meant
	Confirming Phase = "confirming" // the user was asked whether that is meant
)

// A Command is a call, or what there is of it.
type Command struct {
	Tool       string          `json:"tool"`
	Arguments  json.RawMessage `json:"arguments"`
	Missing    []string        `json:"missing,omitzero"`
	Partial    []Partial       `json:"partial,omitzero"`
	Confidence float64         `json:"confidence,omitzero"`

	// ID is the "id" of the call's result, if it had one. A call that corrects this one hands it over
	// as the argument "replaces", if the tool has that.
	ID string `json:"id,omitzero"`
}

// A Partial is what was said of an argument that is not enough for a value: 明天, where an hour is
// needed.
type Partial struct {
	Name  string `json:"name"`
	Words string `json:"words"`
}

// What a state is forgotten after.
const (
	stateLife  = 10 * time.Minute
	stateTurns = 3 // sentences about something else
	askedTurns = 1 // as many, if there is a question open
)

// live reports whether what was said before still counts.
func (s State) live(now time.Time) bool {
	most := stateTurns
	if s.Phase != Done {
		most = askedTurns
	}
	old := !s.Said.IsZero() && now.Sub(s.Said) > stateLife
	return (len(s.Commands) > 0 || len(s.Listed) > 0) && s.Turns <= most && !old
}

// after returns the state behind an interpretation, if what it decided is done.
func (in *Interpretation) after(last State, now time.Time) State {
	next := State{Said: now}
	switch in.Decision() {
	case Act:
		next.Phase = Done
	case Ask:
		next.Phase = Asked
	case Confirm:
		next.Phase = Confirming
	case Choose:
		if in.Next == nil {
			next.Phase = Choosing
			next.Commands = commandsOf(in.alternatives())
		}
		return next
	default:
		if in.Move == Cancellation || !last.live(now) {
			return State{}
		}
		last.Turns++
		return last
	}
	for c := in; c != nil; c = c.Next {
		next.Commands = append(next.Commands, commandsOf(c.Candidates[:1])...)
	}
	return next
}

func commandsOf(cs []Candidate) []Command {
	out := make([]Command, len(cs))
	for i, c := range cs {
		out[i] = Command{Tool: c.Tool.Name, Arguments: json.RawMessage(c.Arguments), Missing: c.Missing, Partial: c.partial, Confidence: c.Confidence}
		if c.more {
			out[i].Missing = nil
		}
	}
	return out
}

// result remembers what became of a call.
func (s *State) result(name, result string) {
	s.list(result)
	var fields struct{ ID string }
	if json.Unmarshal([]byte(result), &fields) != nil || fields.ID == "" {
		return
	}
	for i := range s.Commands {
		if c := &s.Commands[i]; c.ID == "" && (name == "" || c.Tool == name) {
			c.ID = fields.ID
			return
		}
	}
}

// list remembers what a tool's result lists: an array, or an object with one array in it.
func (s *State) list(result string) {
	s.Listed = nil
	if json.Unmarshal([]byte(result), &s.Listed) == nil {
		s.Listed = s.Listed[:min(len(s.Listed), maxOrdinal)]
		return
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(result), &fields) != nil {
		return
	}
	found := 0
	for _, v := range fields {
		var items []json.RawMessage
		if json.Unmarshal(v, &items) == nil && len(items) > 0 {
			found++
			s.Listed = items[:min(len(items), maxOrdinal)]
		}
	}
	if found != 1 {
		s.Listed = nil
	}
	s.Listed = slices.Clip(s.Listed)
}

// maxOrdinal bounds how many listed things can be told apart by their place.
const maxOrdinal = 20
