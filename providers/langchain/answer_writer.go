package langchain

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// An answerWriter writes an answer as langchaingo's client for OpenAI reads it whole: each event on a
// line of its own of less than 64 KB, the pieces of a call next to each other, a stop reason that it
// knows. An answer that is not a stream is written when it is complete.
type answerWriter struct {
	stream          bool
	text, reasoning strings.Builder // of an answer that is not a stream
	buf             []byte
}

// maxPiece bounds the text in one event, in bytes; six times as many stand for it in the worst case.
const maxPiece = 8 << 10

// stopWords are the stop reasons that are written. All others are told by the record.
var stopWords = map[assistant.FinishReason]string{
	assistant.FinishStop: "stop", assistant.FinishLength: "length", assistant.FinishToolCalls: "tool_calls",
	assistant.FinishFiltered: "content_filter", assistant.FinishRefusal: "refusal",
}

func stopWord(reason assistant.FinishReason) string { return cmp.Or(stopWords[reason], "other") }

// write returns what is to be read after the chunk; it is valid until the next call.
func (w *answerWriter) write(k assistant.Chunk) []byte {
	w.buf = w.buf[:0]
	if !w.stream {
		w.text.WriteString(k.Text)
		w.reasoning.WriteString(k.Reasoning)
		if k.Finish != "" {
			w.whole(k, stopWord(k.Finish))
		}
		return w.buf
	}
	w.pieces("reasoning_content", k.Reasoning)
	w.pieces("content", k.Text)
	for i, c := range k.ToolCalls {
		w.call(i, c)
	}
	if k.Finish != "" {
		w.add(`data: {"choices":[{"index":0,"delta":{},"finish_reason":"`, stopWord(k.Finish), `"}]`)
		w.usage(k.Usage)
		w.add("}\n\ndata: [DONE]\n\n")
	}
	return w.buf
}

func (w *answerWriter) add(parts ...string) {
	for _, p := range parts {
		w.buf = append(w.buf, p...)
	}
}

func (w *answerWriter) string(s string) { w.buf = jsontext.AppendString(w.buf, s) }

// pieces writes a text of any length as events.
func (w *answerWriter) pieces(field, text string) {
	for text != "" {
		var piece string
		piece, text = cutPiece(text)
		w.add(`data: {"choices":[{"index":0,"delta":{"`, field, `":`)
		w.string(piece)
		w.add("}}]}\n\n")
	}
}

// cutPiece returns the beginning of a text, of whole characters, and the rest.
func cutPiece(text string) (piece, rest string) {
	if len(text) <= maxPiece {
		return text, ""
	}
	n := maxPiece
	for n > maxPiece-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n], text[n:]
}

// call writes one call as events. The first has a type, by which the client knows that a call begins.
func (w *answerWriter) call(i int, c assistant.ToolCall) {
	index := strconv.Itoa(i)
	piece, rest := cutPiece(c.Arguments)
	w.add(`data: {"choices":[{"index":0,"delta":{"tool_calls":[`)
	w.wholeCall(index, assistant.ToolCall{ID: c.ID, Name: c.Name, Arguments: piece})
	w.add("]}}]}\n\n")
	for rest != "" {
		piece, rest = cutPiece(rest)
		w.add(`data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":`, index, `,"function":{"arguments":`)
		w.string(piece)
		w.add("}}]}}]}\n\n")
	}
}

func (w *answerWriter) wholeCall(index string, c assistant.ToolCall) {
	w.add(`{"index":`, index, `,"type":"function","id":`)
	w.string(c.ID)
	w.add(`,"function":{"name":`)
	w.string(c.Name)
	w.add(`,"arguments":`)
	w.string(c.Arguments)
	w.add("}}")
}

// broken returns what came of an answer that has failed, if it is still to be read.
func (w *answerWriter) broken() []byte {
	w.buf = w.buf[:0]
	if w.text.Len()+w.reasoning.Len() > 0 {
		w.whole(assistant.Chunk{}, "error")
	}
	return w.buf
}

// whole writes the answer as one object, of which k is the end.
func (w *answerWriter) whole(k assistant.Chunk, stop string) {
	w.add(`{"choices":[{"index":0,"message":{"role":"assistant","content":`)
	w.string(w.text.String())
	if w.reasoning.Len() > 0 {
		w.add(`,"reasoning_content":`)
		w.string(w.reasoning.String())
	}
	if len(k.ToolCalls) > 0 {
		w.add(`,"tool_calls":[`)
		for i, c := range k.ToolCalls {
			if i > 0 {
				w.add(",")
			}
			w.wholeCall(strconv.Itoa(i), c)
		}
		w.add("]")
	}
	w.add(`},"finish_reason":"`, stop, `"}]`)
	w.usage(k.Usage)
	w.add("}")
}

// usage writes the counts that the client reads.
func (w *answerWriter) usage(u *assistant.Usage) {
	if u == nil {
		return
	}
	count := func(name string, n int) { w.add(name, strconv.Itoa(n)) }
	count(`,"usage":{"prompt_tokens":`, u.Input)
	count(`,"completion_tokens":`, u.Output)
	count(`,"total_tokens":`, u.Total)
	count(`,"prompt_tokens_details":{"cached_tokens":`, u.CacheRead.Value)
	count(`},"completion_tokens_details":{"reasoning_tokens":`, u.Reasoning.Value)
	w.add("}}")
}
