package profile

import "fmt"

// An Action is what to do with content, from mild to severe. The zero Action says nothing, and leaves
// the choice to the next rule.
type Action uint8

// The actions.
const (
	_          Action = iota
	Allow             // nothing
	Mask              // hide the span
	Rewrite           // put something else in its place
	SafeAnswer        // answer with a prepared text instead
	Block             // give no answer
	Escalate          // give no answer, and tell a person
)

var actionNames = [...]string{"", "allow", "mask", "rewrite", "safe_answer", "block", "escalate"}

// String returns the name of the action as profiles write it.
func (a Action) String() string { return nameOf(actionNames[:], a) }

// MarshalText writes the name.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a name.
func (a *Action) UnmarshalText(b []byte) error { return parse(a, "action", actionNames[:], b) }

// Ends reports whether the action ends an answer rather than changing it.
func (a Action) Ends() bool { return a >= SafeAnswer }

// A Stage is where content is on its way between a person, a model and tools.
type Stage uint8

// The stages.
const (
	_             Stage = iota
	Input               // what the person said
	Retrieved           // text that was looked up: documents, web pages
	ToolArguments       // what the model wants a tool to do
	ToolResult          // what a tool said
	Reasoning           // the model's visible thinking
	Output              // the answer
)

// Stages are all stages.
var stages = [...]Stage{Input, Retrieved, ToolArguments, ToolResult, Reasoning, Output}

// Stages returns all stages in order.
func Stages() []Stage { return append([]Stage(nil), stages[:]...) }

var stageNames = [...]string{"", "input", "retrieved", "tool_arguments", "tool_result", "reasoning", "output"}

// String returns the name of the stage as profiles write it.
func (s Stage) String() string { return nameOf(stageNames[:], s) }

// MarshalText writes the name.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name.
func (s *Stage) UnmarshalText(b []byte) error { return parse(s, "stage", stageNames[:], b) }

func nameOf[T ~uint8](names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprintf("unknown(%d)", v)
}

func parse[T ~uint8](v *T, what string, names []string, b []byte) error {
	for i, name := range names {
		if i > 0 && name == string(b) {
			*v = T(i)
			return nil
		}
	}
	return fmt.Errorf("unknown %s %q: want one of %q", what, b, names[1:])
}
