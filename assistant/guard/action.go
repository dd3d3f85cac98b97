package guard

import "github.com/zhushou-ai/zhushou/assistant/guard/profile"

// An Action is what is done with content, from mild to severe.
type Action = profile.Action

// The actions.
const (
	Allow      = profile.Allow
	Redact     = profile.Mask
	Rewrite    = profile.Rewrite
	SafeAnswer = profile.SafeAnswer
	Block      = profile.Block
	Escalate   = profile.Escalate
)

// A Stage is where content is on its way between a person, a model and tools.
type Stage = profile.Stage

// The stages.
const (
	Input         = profile.Input
	Retrieved     = profile.Retrieved
	ToolArguments = profile.ToolArguments
	ToolResult    = profile.ToolResult
	Reasoning     = profile.Reasoning
	Output        = profile.Output
)
