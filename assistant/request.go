package assistant

import "encoding/json"

// A Request is everything that one call of a [Model] depends on. Zero fields leave the choice to
// the adapter and its vendor. What an adapter cannot honour it lists in [Meta.Dropped].
type Request struct {
	// Model names the vendor's model. If empty, the adapter uses the one it was made with.
	Model string

	// Messages is the conversation so far. System messages may stand anywhere; adapters arrange
	// them as the vendor wants.
	Messages []Message

	// Tools are what the model may call.
	Tools []*ToolSpec

	// ToolChoice limits the use of Tools. If zero, the model decides.
	ToolChoice ToolChoice

	// SingleTool asks for at most one tool call in a reply. If false, adapters allow several.
	SingleTool bool

	// Format is the form of the answer. If zero, free text.
	Format Format

	// Thinking controls visible reasoning on models that have it.
	Thinking Thinking

	// Search controls the vendor's own web search.
	Search Search

	Temperature      Opt[float64]
	TopP             Opt[float64]
	TopK             int
	FrequencyPenalty Opt[float64]
	PresencePenalty  Opt[float64]
	Seed             Opt[int64]

	// Stop lists texts that end the answer; they are not part of it.
	Stop []string

	// MaxTokens limits the answer, reasoning excluded where the vendor can tell them apart.
	MaxTokens int

	// User is an opaque id of the end user, for the vendor's abuse control. Never send a name or a
	// telephone number.
	User string

	// Extra holds vendors' own fields by adapter name, such as
	// {"qwen": {"enable_code_interpreter": true}}. Only the named adapter sends them, so they stay
	// harmless when a request is routed elsewhere.
	Extra map[string]map[string]any
}

// ToolChoice limits which tools a model may call.
type ToolChoice struct {
	Mode ToolMode
	Name string // the tool to call, for ToolForced
}

// A ToolMode is the kind of a [ToolChoice].
type ToolMode uint8

// The tool modes.
const (
	ToolAuto     ToolMode = iota // the model decides
	ToolNone                     // no tool
	ToolRequired                 // some tool
	ToolForced                   // the tool named in ToolChoice.Name
)

// Format is the form of an answer.
type Format struct {
	Kind   FormatKind
	Name   string          // of the schema; if empty, "answer"
	Schema json.RawMessage // for FormatSchema: a JSON Schema
	Strict bool            // ask the vendor to enforce the schema, where it can
}

// A FormatKind is the kind of a [Format].
type FormatKind uint8

// The format kinds.
const (
	FormatText   FormatKind = iota // free text
	FormatJSON                     // some JSON object
	FormatSchema                   // JSON that satisfies Format.Schema
)

// Thinking controls visible reasoning.
type Thinking struct {
	Mode   Switch
	Effort Effort
	Budget int // tokens; zero leaves it to the vendor
}

// A Switch is off, on, or left to the vendor.
type Switch uint8

// The positions of a switch.
const (
	Default Switch = iota
	Off
	On
)

// An Effort is how hard a model should think. Adapters map it to the nearest step the vendor has.
type Effort string

// The efforts; the empty one leaves it to the vendor.
const (
	EffortLow    Effort = "low"
	EffortMedium Effort = "medium"
	EffortHigh   Effort = "high"
	EffortMax    Effort = "max"
)

// Search controls the vendor's own web search.
type Search struct {
	Mode   Switch
	Forced bool     // search for every request, not only where the model sees a need
	Sites  []string // if not empty, only these sites
	Days   int      // if not zero, only pages that are at most so many days old
}
