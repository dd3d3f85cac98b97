package assistant

import (
	"context"
	"encoding/json"
	"time"
)

// A Tool is something that a model can have done: a function with a description and a schema.
// [NewTool] makes one from a typed function; implement Tool yourself for tools whose schema is known
// only at run time.
//
// A Tool must be safe for concurrent use unless its spec says Serial.
//
// A tool that wraps another, to check or note its calls, and takes the same arguments, has a method
// Unwrap() Tool. Then all that holds for the tool inside holds for it, too: the arguments of a tool of
// [NewTool] are repaired and checked before the wrapper is called or a person is asked. See [ToolAs].
type Tool interface {
	// Spec describes the tool. It must return the same value every time, never nil.
	Spec() *ToolSpec

	// Call runs the tool. The arguments are just what the model wrote, unchecked; only the tools of
	// [NewTool], and those that wrap them, have them repaired and checked. An error is told to the model in the error's own words, and
	// does not end the conversation; so it must not hold secrets.
	//
	// Call must return when ctx ends. A call that does not is given up a second later and its
	// goroutine left to itself.
	Call(ctx context.Context, call ToolCall) ([]Part, error)
}

// ToolSpec is what a model is told about a tool. A spec must not be modified once it is in use.
type ToolSpec struct {
	// Name is an identifier of letters, digits, "_" and "-", at most 64 long, that no other tool of
	// the Assistant has.
	Name string

	// Description says in the user's language what the tool does and when to use it.
	Description string

	// Schema is the JSON Schema of the arguments, an object. If empty, there are no arguments.
	Schema json.RawMessage

	// Examples are sentences that a user says when he wants this tool. The on-device engine chooses
	// by them; vendors that have no field for them do not get them.
	Examples []string

	// Answer is how the on-device engine says the result, such as "好的,{time}叫你起床。", with
	// fields of the result or of the arguments in braces. If empty, the result itself is said.
	Answer string

	// Confirm makes a run pause until a person has agreed to the call: see [Assistant.Resume].
	Confirm bool

	// ReadOnly promises that the tool changes nothing, so that it may be called speculatively.
	ReadOnly bool

	// Private keeps what the tool is called with and what it returns on the device: a router offers the tool to
	// no cloud, asks none about its results, and leaves the turns in which it was called out of what clouds are
	// told later. Whoever uses a cloud without a router must leave the tool out.
	Private bool

	// Serial keeps the tool from running beside any other call of the same reply.
	Serial bool

	// Timeout bounds one call. If zero, [Assistant.ToolTimeout] does.
	Timeout time.Duration
}

// ToolAs returns the first of t, the tool that it wraps, the one that that wraps and so on that is a T, and
// false if none is.
func ToolAs[T any](t Tool) (T, bool) {
	for t != nil {
		if as, ok := t.(T); ok {
			return as, true
		}
		w, ok := t.(interface{ Unwrap() Tool })
		if !ok {
			break
		}
		t = w.Unwrap()
	}
	var none T
	return none, false
}
