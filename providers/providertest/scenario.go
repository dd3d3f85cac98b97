package providertest

import (
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Scenario is something that a vendor sends, and what a right adapter makes of it.
type Scenario struct {
	// Name is the name of the subtest, such as "tools/two interleaved".
	Name string

	// Request is sent to the adapter. If nil, a greeting.
	Request func() *assistant.Request

	// Stream is the answer to a streaming request. If nil, there is none.
	Stream Script

	// Whole is the answer to a request that does not stream. If nil, there is none.
	Whole Script

	// Want is what the adapter must deliver, whichever way it was asked.
	Want Want
}

// Want is the right outcome of a [Scenario]. The zero Want is a reply of nothing, which no scenario has.
type Want struct {
	Text      string
	Reasoning string
	Opaque    string // blob in a Reasoning part
	// Calls are the tool calls. An empty ID stands for any that the adapter makes up.
	Calls []assistant.ToolCall
	// AnyCalls accepts whatever calls there are.
	AnyCalls bool
	// Finish lists the finish reasons to accept; nil accepts [assistant.FinishStop].
	Finish []assistant.FinishReason
	// RawFinish is the vendor's word in the Meta, if not empty.
	RawFinish string
	// Usage is the count to report; nil accepts any.
	Usage *assistant.Usage
	// RequestID is what the Meta must hold, if not empty.
	RequestID string
	// Retracted is what must be withdrawn. If it is nil and there is no Error, nothing must.
	Retracted *assistant.Retraction
	// Citations are the sources, if there are any.
	Citations []assistant.Citation
	// Error is how the stream must fail; nil if it must succeed. The other fields then say what must
	// have been yielded before.
	Error *WantError
	// Lossy accepts that only a beginning of Text was yielded, where the network may lose the rest.
	Lossy bool
}

// Scenarios returns what v can send: all that the compatible protocol has, v's own errors, and v's
// own scenarios. Services can play them in their own tests through [Server.Script].
func Scenarios(v *Vendor) []Scenario {
	var own []Scenario
	if v.Scenarios != nil {
		own = v.Scenarios(v)
	}
	if v.native() {
		return slices.Concat(errorScenarios(v), faultScenarios(v), own)
	}
	return slices.Concat(
		textScenarios(v), finishScenarios(v), usageScenarios(v), toolScenarios(v), toolEdgeScenarios(v), frameScenarios(v), wholeScenarios(v),
		cutScenarios(v), streamErrorScenarios(v), errorScenarios(v), acceptedErrorScenarios(), faultScenarios(v), own,
	)
}

// native reports whether the vendor's chat has a form of its own.
func (v *Vendor) native() bool { return v.Chunk == nil }

var (
	finishStop   = []assistant.FinishReason{assistant.FinishStop}
	finishLength = []assistant.FinishReason{assistant.FinishLength}
	finishCalls  = []assistant.FinishReason{assistant.FinishToolCalls}
)
