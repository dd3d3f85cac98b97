package openaiwire

import "github.com/zhushou-ai/zhushou/assistant"

// A piece is what one event of a stream, or one whole answer, says. Byte slices in it are valid
// until the next piece is decoded; strings stay valid.
type piece struct {
	id, model, requestID []byte

	content   string
	reasoning string
	calls     []callDelta
	finish    string

	usage    assistant.Usage
	hasUsage bool

	rare *rare
}

// rare holds what few pieces have.
type rare struct {
	failure    *failure // the piece is an error
	refusal    string
	opaque     string // encrypted reasoning
	audio      string // base64
	transcript string
	citations  []assistant.Citation
	flag       int
	banRound   int
	hit        bool // the vendor's safety system has found something in the answer
	poisoned   bool // the vendor will refuse the conversation as long as it holds this turn
}

// A callDelta is a fragment of a tool call.
type callDelta struct {
	index    int
	hasIndex bool
	id, name []byte
	args     []byte
}

// reset empties p but keeps its memory.
func (p *piece) reset() { *p = piece{calls: p.calls[:0]} }

// commonFinish returns raw without allocating if it is a usual word.
func commonFinish(raw []byte) string {
	switch string(raw) {
	case "stop":
		return "stop"
	case "length":
		return "length"
	case "tool_calls":
		return "tool_calls"
	case "null":
		return "" // the native protocol of one vendor says it in a string
	}
	return string(raw)
}
