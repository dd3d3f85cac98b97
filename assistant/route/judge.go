package route

import (
	"context"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Judge says what the device would do with a request, without doing it. The on-device engine is one.
//
// A Judge must be safe for concurrent use, must send nothing anywhere, and must not modify the request.
type Judge interface {
	// Judge reads the last message of the request, which is the user's, against the messages before it
	// and the tools that the request allows. A sentence that is not understood is no error but a
	// judgement that says [Refuse].
	Judge(ctx context.Context, req *assistant.Request) (Judgement, error)
}

// A Judgement is what the device makes of what a user says. The zero Judgement is a refusal.
type Judgement struct {
	// Verdict is what the device would do if it were asked.
	Verdict Verdict

	// Confidence is the probability, from 0 to 1, that the device has the right tool and, as far as they
	// were said, the right arguments. It should be calibrated: of a hundred judgements at 0.98, two
	// may be wrong.
	Confidence float64

	// Calls are what the device would call if the verdict is [Act], and what it has so far of the call
	// that it asks about if the verdict is [Ask]. Their ids mean nothing.
	Calls []assistant.ToolCall

	// Valid reports that the arguments of all calls satisfy the schemas of their tools.
	Valid bool

	// Fills reports that the user answers a question that the device asked in the turn before, or
	// corrects, confirms or cancels what the device did in it, and says no command of his own.
	Fills bool

	// Tools are the names of the request's tools in the order of how likely the user means them, the
	// likeliest first. Those that are out of the question may be left out.
	Tools []string

	// Question is what the device would ask to make sure of the calls, such as “是要定明天早上八点的闹钟
	// 吗？”. It is asked if the verdict is [Act] and that is not sure enough. If empty, a plain one is used.
	Question string

	// Reasons explain the judgement, for logs and debugging, in stable order. They must hold nothing
	// that the user said.
	Reasons []string
}

// A Verdict is what the device would do about what a user says.
type Verdict string

// The verdicts. The empty one is a refusal.
const (
	Act    Verdict = "act"    // call tools
	Answer Verdict = "answer" // say something without a tool: greet, thank, tell what it can do
	Ask    Verdict = "ask"    // ask for an argument that is missing
	Choose Verdict = "choose" // ask which of several things is meant
	Refuse Verdict = "refuse" // it is no command for the device
)
