package assistant

import (
	"context"
	"iter"
)

// A Model answers requests. Vendor adapters, the on-device engine and everything that wraps them
// (retry, routing, guarding) are Models, so they compose freely.
//
// A Model must be safe for concurrent use.
type Model interface {
	// Stream sends req and yields the reply piece by piece. The sequence ends after the chunk that
	// carries a [FinishReason], or with one non-nil error, whose chunk is empty; it never ends
	// otherwise. A reply that breaks off is an error that matches [ErrTruncated].
	//
	// Breaking out of the loop, or cancelling ctx, cancels the request. Nothing happens before the
	// loop starts, and ranging again sends the request again. Stream must not modify req, nor keep it
	// after the sequence has ended.
	Stream(ctx context.Context, req *Request) iter.Seq2[Chunk, error]
}

// A Chunk is one piece of a streamed reply. Most chunks carry a little Text and nothing else.
// Strings and slices in a Chunk stay valid after the next one arrives, and must not be modified.
type Chunk struct {
	// Text is the next piece of the answer; it is always whole UTF-8 characters.
	Text string

	// Reasoning is the next piece of the model's visible thinking.
	Reasoning string

	// ToolCalls are complete calls: adapters assemble the fragments that vendors send.
	ToolCalls []ToolCall

	// Parts are complete parts of other kinds: citations, generated media, and [Reasoning] parts
	// whose Opaque blob the vendor wants back (their Text has already been streamed and is empty).
	Parts []Part

	// Retract, if not nil, says that what was streamed so far must be withdrawn from the screen.
	Retract *Retraction

	// Finish is set on the last chunk only.
	Finish FinishReason

	// Usage, if not nil, is the latest count for the whole reply and replaces earlier ones.
	Usage *Usage

	// Meta, if not nil, tells where the reply comes from. Adapters set it on the first chunk and may
	// send an amended one later; the last one counts.
	Meta *Meta
}

// A Retraction withdraws text that was already streamed, as some vendors' safety systems demand.
type Retraction struct {
	// Reason is the vendor's word for it, for logs.
	Reason string `json:"reason,omitzero"`
	// Replacement is what to show instead; it may be empty.
	Replacement string `json:"replacement,omitzero"`
	// DropTurn reports that the user's turn must leave the history too, because the vendor refuses
	// every later request that contains it.
	DropTurn bool `json:"drop_turn,omitzero"`
}

// Meta describes where a reply comes from.
type Meta struct {
	Vendor    string `json:"vendor,omitzero"`     // adapter, such as "qwen"
	Model     string `json:"model,omitzero"`      // model that answered, as the vendor names it
	ID        string `json:"id,omitzero"`         // the vendor's id of the reply
	RequestID string `json:"request_id,omitzero"` // the id that the vendor's support asks for
	RawFinish string `json:"raw_finish,omitzero"` // finish reason in the vendor's own word, if Finish is FinishOther

	// Origin, if not nil, tells which of several models has answered. It goes into the message, too.
	Origin *Origin `json:"origin,omitzero"`

	// Dropped lists what the request asked for and the adapter could not honour, and why.
	Dropped []Dropped `json:"dropped,omitzero"`
}

// Dropped names one part of a request that was not sent.
type Dropped struct {
	Field  string `json:"field"`  // path in [Request], such as "Temperature" or "Messages[2].Parts[0]"
	Reason string `json:"reason"` // why, in a few words
}

func (d Dropped) String() string { return d.Field + ": " + d.Reason }

// A FinishReason says why a reply ended.
type FinishReason string

// The reasons a reply can end. The empty reason means that it has not.
const (
	FinishStop      FinishReason = "stop"           // the model said all it wanted
	FinishLength    FinishReason = "length"         // cut at the token limit
	FinishToolCalls FinishReason = "tool_calls"     // the model waits for tool results
	FinishFiltered  FinishReason = "content_filter" // withheld or cut by the vendor's safety system
	FinishRefusal   FinishReason = "refusal"        // the model says that it cannot or will not; Text says why
	FinishOther     FinishReason = "other"          // anything else: see Meta.RawFinish
)
