package assistant

import "time"

// An Event is one thing that happens in a run: one of *[Answering], *[TextDelta], *[ReasoningDelta],
// *[PartReceived], *[ToolStarted], *[ToolFinished], *[ConfirmationWanted], *[Retracted] and *[Done].
type Event interface {
	event()
}

// Answering says which of several models answers from now on: see [Origin]. It comes only where one was chosen, with
// the first piece of an answer, and again if more is known.
type Answering struct{ Origin *Origin }

// TextDelta is the next piece of the answer.
type TextDelta struct{ Text string }

// ReasoningDelta is the next piece of the model's visible thinking.
type ReasoningDelta struct{ Text string }

// PartReceived is a whole part that is not text: a citation or generated media.
type PartReceived struct{ Part Part }

// ToolStarted says that a tool begins to run. Arguments are those that the tool gets, which may have
// been repaired.
type ToolStarted struct{ Call ToolCall }

// ToolFinished says what came of a call. Calls that could not be run at all (no such tool, hopeless
// arguments) finish without having started.
type ToolFinished struct {
	Call   ToolCall
	Result ToolResult
	Took   time.Duration
}

// ConfirmationWanted says that a call waits for a person: show it, then use [Assistant.Resume].
// The run ends after it with a [Done] that lists all calls that wait.
type ConfirmationWanted struct {
	Call ToolCall
	Tool *ToolSpec
}

// Retracted says that all text since the last tool call, or since the start, must be withdrawn.
type Retracted struct{ Retraction }

// Done is the last event of a run that ends without error.
type Done struct {
	// Reply is the model's last one, or an empty one if it was not asked because calls still wait.
	Reply *Reply
	// Usage is the total of the run.
	Usage Usage
	// Steps is how often the model was asked.
	Steps int
	// Pending are the calls that wait for a person; empty if the run is over.
	Pending []ToolCall
}

func (*Answering) event()          {}
func (*TextDelta) event()          {}
func (*ReasoningDelta) event()     {}
func (*PartReceived) event()       {}
func (*ToolStarted) event()        {}
func (*ToolFinished) event()       {}
func (*ConfirmationWanted) event() {}
func (*Retracted) event()          {}
func (*Done) event()               {}

// slab hands out pointers into blocks, so that a long stream of small events costs few allocations.
type slab[T any] struct{ block []T }

// maxSlab bounds what one event that a caller keeps can hold in memory.
const maxSlab = 64

func (s *slab[T]) put(v T) *T {
	if len(s.block) == cap(s.block) {
		s.block = make([]T, 0, min(max(4, 2*cap(s.block)), maxSlab))
	}
	s.block = append(s.block, v)
	return &s.block[len(s.block)-1]
}
