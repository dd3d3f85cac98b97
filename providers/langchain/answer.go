package langchain

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// finish makes the end of the stream of what the LLM returned.
func (s *stream) finish(o outcome) error {
	if o.err != nil {
		return s.failed(o.err)
	}
	a, err := s.answerOf(o.response)
	if err != nil {
		return err
	}
	seen := s.record.latest()
	hidden := seen.hidden(s.model.cfg.Vendor)
	text, err := s.text.rest(a.text)
	if err != nil && hidden == nil {
		return s.wrong(a, err)
	}
	reasoning, err := s.reasoning.rest(a.reasoning)
	if err != nil {
		reasoning = "" // not worth losing an answer for
	}
	if text != "" || reasoning != "" {
		if err := s.emit(assistant.Chunk{Text: text, Reasoning: reasoning}); err != nil {
			return err
		}
	}
	if hidden != nil {
		return s.mark(hidden)
	}
	reason, err := s.reason(a, &seen)
	if err != nil {
		return err
	}
	calls, err := repair(a.calls, reason == assistant.FinishLength, seen.end != nil)
	if err != nil {
		return s.wrong(a, err)
	}
	switch {
	case len(calls) > 0 && reason == assistant.FinishStop:
		reason = assistant.FinishToolCalls
	case len(calls) == 0 && reason == assistant.FinishToolCalls:
		return s.wrong(a, errors.New("the model calls a tool, but langchaingo has lost the call"))
	}
	s.amend(a, reason, seen.origin())
	last := assistant.Chunk{ToolCalls: calls, Parts: a.parts, Finish: reason, Usage: usageOf(a.info)}
	if seen.end != nil {
		complete(&last, seen.end)
	}
	return s.emit(last)
}

// complete adds to the last chunk what langchaingo has no place for. Calls, text and stop reason stay
// those that the LLM has returned, which may be more than a client.
func complete(last, end *assistant.Chunk) {
	if u := last.Usage; u == nil || end.Usage != nil && u.Input == end.Usage.Input && u.Output == end.Usage.Output {
		last.Usage = end.Usage
	}
	if len(last.Parts) == 0 {
		last.Parts = end.Parts
	}
	if last.Retract = end.Retract; last.Retract != nil {
		last.ToolCalls, last.Parts = nil, nil
	}
}

// An answer is what langchaingo's choices say together.
type answer struct {
	text, reasoning string
	calls           []assistant.ToolCall
	parts           []assistant.Part
	stop            string // stop reason, in the vendor's word
	info            map[string]any
}

func (s *stream) answerOf(r *llms.ContentResponse) (*answer, error) {
	var choices []*llms.ContentChoice
	if r != nil {
		choices = slices.DeleteFunc(slices.Clone(r.Choices), func(c *llms.ContentChoice) bool { return c == nil })
	}
	if len(choices) == 0 {
		if err := s.record.hidden(); err != nil {
			return nil, s.mark(err)
		}
		return nil, s.wrong(new(answer), errors.New("the LLM returned no choices"))
	}
	if !s.model.client.blocks {
		choices = choices[:1] // the others are other answers
	}
	a := &answer{info: map[string]any{}}
	var text, reasoning strings.Builder
	for _, c := range choices {
		text.WriteString(c.Content)
		reasoning.WriteString(reasoningOf(c))
		for k, v := range c.GenerationInfo {
			a.info[k] = v
		}
		if c.StopReason != "" {
			a.stop = c.StopReason
		}
		calls := c.ToolCalls
		if len(calls) == 0 && c.FuncCall != nil {
			calls = []llms.ToolCall{{FunctionCall: c.FuncCall}}
		}
		for _, call := range calls {
			a.calls = append(a.calls, callOf(call))
		}
	}
	a.text, a.reasoning = strings.ToValidUTF8(text.String(), "\uFFFD"), strings.ToValidUTF8(reasoning.String(), "\uFFFD")
	if cited, ok := a.info[infoCitations].([]assistant.Citation); ok {
		for _, c := range cited {
			a.parts = append(a.parts, c)
		}
	}
	if parts, ok := a.info[infoParts].([]assistant.Part); ok {
		a.parts = append(a.parts, parts...)
	}
	return a, nil
}

func reasoningOf(c *llms.ContentChoice) string {
	if c.ReasoningContent != "" {
		return c.ReasoningContent
	}
	if c.Content == "" { // with text, some clients leave the thinking in it too
		text, _ := c.GenerationInfo[infoThinking].(string)
		return text
	}
	return ""
}

func callOf(c llms.ToolCall) assistant.ToolCall {
	call := assistant.ToolCall{ID: c.ID}
	if c.FunctionCall != nil {
		call.Name, call.Arguments = c.FunctionCall.Name, c.FunctionCall.Arguments
	}
	return call
}

// stopReasons are the words of all vendors, in lower case and letters only.
var stopReasons = map[string]assistant.FinishReason{
	"stop": assistant.FinishStop, "normal": assistant.FinishStop, "eos": assistant.FinishStop,
	"endturn": assistant.FinishStop, "stopsequence": assistant.FinishStop, "complete": assistant.FinishStop,
	"finish": assistant.FinishStop, "finished": assistant.FinishStop, "endoftext": assistant.FinishStop,
	"stopcriteriamet": assistant.FinishStop,
	"length":          assistant.FinishLength, "maxtokens": assistant.FinishLength, "modellength": assistant.FinishLength,
	"toolcalls": assistant.FinishToolCalls, "functioncall": assistant.FinishToolCalls, "tooluse": assistant.FinishToolCalls,
	"contentfilter": assistant.FinishFiltered, "contentfiltered": assistant.FinishFiltered, "sensitive": assistant.FinishFiltered,
	"safety": assistant.FinishFiltered, "recitation": assistant.FinishFiltered, "errortoxic": assistant.FinishFiltered,
	"refusal": assistant.FinishRefusal,
}

// reason says why the answer ended, or that it did not.
func (s *stream) reason(a *answer, seen *seen) (assistant.FinishReason, error) {
	word := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(a.stop))
	word = strings.TrimPrefix(word, "finishreason") // of Google
	if reason, ok := stopReasons[word]; ok {
		return reason, nil
	}
	switch word {
	case "", "null", "unspecified":
	case "insufficientsystemresource":
		return "", s.mark(&assistant.Error{Kind: assistant.ErrOverloaded, Vendor: s.model.cfg.Vendor, Code: a.stop})
	case "error":
		return "", s.mark(&assistant.Error{Kind: assistant.ErrServer, Vendor: s.model.cfg.Vendor, Code: a.stop})
	default:
		return assistant.FinishOther, nil
	}
	if !s.delivered && len(a.calls) == 0 {
		return "", s.truncated(errors.New("the LLM returned nothing"))
	}
	switch {
	case seen.done: // the end of the stream was seen
		return assistant.FinishStop, nil
	case seen.bodyErr != nil:
		return "", s.truncated(seen.bodyErr)
	case s.model.client.stops:
		return "", s.truncated(errNoStopReason)
	case s.parent.Err() != nil:
		return "", s.failed(s.parent.Err())
	}
	return assistant.FinishStop, nil
}

var errNoStopReason = errors.New("langchaingo returned no stop reason (if the LLM never does, set Config.NoStopReason)")

// truncated is the error for an answer without an end, or the context's if that has ended.
func (s *stream) truncated(cause error) error {
	if s.parent.Err() != nil {
		return s.failed(s.parent.Err())
	}
	return s.mark(&assistant.Error{Kind: assistant.ErrTruncated, Vendor: s.model.cfg.Vendor, Err: cause})
}

// wrong is the error for an answer that contradicts itself. One that has no end either was cut off.
func (s *stream) wrong(a *answer, cause error) error {
	if a.stop == "" && s.delivered && !s.record.latest().done {
		return s.truncated(cause)
	}
	return s.mark(&assistant.Error{Kind: assistant.ErrProtocol, Vendor: s.model.cfg.Vendor, Err: cause})
}

// repair puts right what langchaingo's client for OpenAI does to calls that come in pieces: if the vendor
// repeats the type, each piece becomes a call of its own; if calls come interleaved, the arguments of
// all end in the last one, which cannot be put right. whole says that nothing of the kind can have happened
// to these, cut that the answer was cut at the token limit, where calls that are not whole must not run.
func repair(calls []assistant.ToolCall, cut, whole bool) ([]assistant.ToolCall, error) {
	var out []assistant.ToolCall
	for _, c := range calls {
		i := len(out) - 1 // the call that c belongs to, if it is a piece
		if c.ID != "" {
			i = slices.IndexFunc(out, func(o assistant.ToolCall) bool { return o.ID == c.ID })
		}
		switch {
		case c.Name != "" && (c.ID == "" || i < 0 || json.Valid([]byte(out[i].Arguments))):
			out = append(out, c)
		case i < 0:
			return nil, errors.New("a tool call has no name")
		default:
			out[i].Arguments += c.Arguments
		}
	}
	valid := 0
	for i := range out {
		if a := strings.TrimSpace(out[i].Arguments); a == "" || a == "null" {
			out[i].Arguments = "{}"
		}
		if json.Valid([]byte(out[i].Arguments)) {
			valid++
		}
	}
	switch {
	case cut:
		out = slices.DeleteFunc(out, func(c assistant.ToolCall) bool { return !json.Valid([]byte(c.Arguments)) })
	case !whole && valid < len(out) && len(out) > 1:
		return nil, errors.New("langchaingo has mixed up the arguments of the tool calls")
	}
	identify(out)
	return out, nil
}

// identify gives an id to the calls that have none, or that of another call.
func identify(calls []assistant.ToolCall) {
	taken := map[string]bool{"": true}
	for i := range calls {
		id := calls[i].ID
		for n := i + 1; taken[id]; n++ {
			id = "call_" + strconv.Itoa(n)
		}
		calls[i].ID, taken[id] = id, true
	}
}

// isCallDelta reports whether a chunk is no text but a piece of a tool call, as langchaingo's client for
// OpenAI hands it to streaming functions.
func isCallDelta(chunk string) bool {
	if !strings.HasPrefix(chunk, "[{") {
		return false
	}
	var calls []struct {
		Function *struct{ Arguments *string }
	}
	if json.Unmarshal([]byte(chunk), &calls) != nil {
		return false
	}
	return !slices.ContainsFunc(calls, func(c struct{ Function *struct{ Arguments *string } }) bool {
		return c.Function == nil || c.Function.Arguments == nil
	})
}

// A text is what has been streamed of a text.
type text struct {
	shown strings.Builder
	tail  string // the beginning of a character
}

// add returns the whole characters that piece brings.
func (t *text) add(piece string) string {
	if piece == "" {
		return ""
	}
	piece = t.tail + piece
	n := len(piece)
	for back := 1; back < utf8.UTFMax && back <= len(piece); back++ {
		if utf8.RuneStart(piece[len(piece)-back]) {
			if !utf8.FullRuneInString(piece[len(piece)-back:]) {
				n = len(piece) - back
			}
			break
		}
	}
	t.tail = piece[n:]
	whole := strings.ToValidUTF8(piece[:n], "\uFFFD")
	t.shown.WriteString(whole)
	return whole
}

// rest returns what is to follow what was streamed, so that it becomes the whole text. Some clients trim
// the text that they return.
func (t *text) rest(whole string) (string, error) {
	shown := t.shown.String()
	for _, beginning := range []string{shown, strings.TrimLeft(shown, " \t\r\n")} {
		if rest, ok := strings.CutPrefix(whole, beginning); ok {
			return rest, nil
		}
	}
	if strings.TrimSpace(shown) == strings.TrimSpace(whole) {
		return "", nil
	}
	return "", fmt.Errorf("langchaingo streamed %d bytes of text that are not the beginning of the %d that it returned", len(shown), len(whole))
}

// amend completes the meta with what is known only now.
func (s *stream) amend(a *answer, reason assistant.FinishReason, seen assistant.Meta) {
	m := &s.meta
	if reason == assistant.FinishOther {
		m.RawFinish = cmp.Or(seen.RawFinish, a.stop)
	}
	word := func(keys ...string) string {
		for _, key := range keys {
			if v, ok := a.info[key].(string); ok && v != "" {
				return v
			}
		}
		return ""
	}
	m.ID = cmp.Or(word(infoID, "id"), seen.ID)
	m.Model = cmp.Or(word(infoModel, "model"), seen.Model, m.Model)
	m.RequestID = cmp.Or(word(infoRequestID), seen.RequestID)
	if raw := word(infoRawFinish); raw != "" && reason == assistant.FinishOther {
		m.RawFinish = raw
	}
	if dropped, ok := a.info[infoDropped].([]assistant.Dropped); ok {
		m.Dropped = slices.Concat(m.Dropped, dropped)
	}
}
