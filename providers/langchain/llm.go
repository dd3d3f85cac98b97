package langchain

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An LLM is an assistant.Model as langchaingo's llms.Model, for its chains and agents. It is safe for
// concurrent use, and must not be modified once it is in use.
type LLM struct {
	// Model answers.
	Model assistant.Model

	// Template holds what langchaingo has no options for, such as Search, and defaults for what it
	// has. Its Messages stand before those of each call.
	Template assistant.Request

	// CallbacksHandler, if not nil, is told of each call.
	CallbacksHandler callbacks.Handler
}

var _ llms.Model = (*LLM)(nil)

// ToLLM returns an LLM that asks m.
func ToLLM(m assistant.Model) *LLM { return &LLM{Model: m} }

// Call asks with one text and returns the text of the answer.
func (l *LLM) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, l, prompt, options...)
}

// GenerateContent implements llms.Model. Streaming functions get text and thinking as they come, never
// tool calls; an error of theirs ends the call and is returned.
//
// The only choice of the response holds the whole answer. Its StopReason is one of "stop", "length",
// "tool_calls", "content_filter" and "refusal", or the vendor's own word. Its GenerationInfo has the keys
// of langchaingo's client for OpenAI, whatever the vendor, and those that the package comment names.
//
// An error of the model matches both its kind, such as assistant.ErrRateLimited, and the *llms.Error
// that langchaingo's own functions look for. An answer that broke off, or that the vendor has taken
// back, is an error.
func (l *LLM) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	if l.CallbacksHandler != nil {
		l.CallbacksHandler.HandleLLMGenerateContentStart(ctx, messages)
	}
	response, err := l.generate(ctx, messages, options)
	switch {
	case l.CallbacksHandler == nil:
	case err != nil:
		l.CallbacksHandler.HandleLLMError(ctx, err)
	default:
		l.CallbacksHandler.HandleLLMGenerateContentEnd(ctx, response)
	}
	return response, err
}

func (l *LLM) generate(ctx context.Context, messages []llms.MessageContent, options []llms.CallOption) (*llms.ContentResponse, error) {
	o := read(options)
	req, dropped, err := o.request(&l.Template, messages)
	if err != nil {
		return nil, toError(&assistant.Error{Kind: assistant.ErrInvalid, Vendor: Vendor, Err: err})
	}
	var c assistant.Collector
	for chunk, err := range l.Model.Stream(ctx, req) {
		if err != nil {
			return nil, toError(err)
		}
		c.Add(chunk)
		if err := o.stream(ctx, chunk); err != nil {
			return nil, err
		}
	}
	reply := c.Reply()
	switch {
	case reply.Finish == "":
		return nil, toError(&assistant.Error{
			Kind: assistant.ErrTruncated, Vendor: reply.Vendor, RequestID: reply.RequestID, Delivered: !c.Empty(),
			Err: errors.New("the stream ended without a finish reason"),
		})
	case reply.Retracted != nil: // what was streamed cannot be taken back, so it must not pass for an answer
		return nil, toError(&assistant.Error{
			Kind: assistant.ErrBlocked, Vendor: reply.Vendor, RequestID: reply.RequestID,
			Message: reply.Retracted.Reason, DropTurn: reply.Retracted.DropTurn, Delivered: true,
		})
	}
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{choiceOf(reply, dropped)}}, nil
}

// stream hands a chunk to the streaming functions.
func (o *options) stream(ctx context.Context, k assistant.Chunk) error {
	if k.Text != "" && o.StreamingFunc != nil {
		if err := o.StreamingFunc(ctx, []byte(k.Text)); err != nil {
			return fmt.Errorf("streaming func returned an error: %w", err)
		}
	}
	if (k.Text != "" || k.Reasoning != "") && o.StreamingReasoningFunc != nil {
		if err := o.StreamingReasoningFunc(ctx, []byte(k.Reasoning), []byte(k.Text)); err != nil {
			return fmt.Errorf("streaming reasoning func returned an error: %w", err)
		}
	}
	return nil
}

// The keys of GenerationInfo beyond those for usage.
const (
	infoThinking  = "ThinkingContent" // string
	infoUsage     = "Usage"           // assistant.Usage
	infoVendor    = "Vendor"          // string
	infoModel     = "Model"           // string
	infoID        = "ID"              // string
	infoRequestID = "RequestID"       // string
	infoRawFinish = "RawFinish"       // string
	infoDropped   = "Dropped"         // []assistant.Dropped
	infoCitations = "Citations"       // []assistant.Citation
	infoParts     = "Parts"           // []assistant.Part: what else the answer holds
)

// choiceOf writes a reply as langchaingo's client for OpenAI does.
func choiceOf(r *assistant.Reply, dropped []assistant.Dropped) *llms.ContentChoice {
	u, reasoning := r.Usage, r.Message.Reasoning()
	c := &llms.ContentChoice{
		Content:          r.Text(),
		ReasoningContent: reasoning,
		StopReason:       string(r.Finish),
		GenerationInfo: map[string]any{
			"PromptTokens":              u.Input,
			"CompletionTokens":          u.Output,
			"TotalTokens":               u.Total,
			"PromptCachedTokens":        u.CacheRead.Value,
			"CacheCreationInputTokens":  u.CacheWrite.Value,
			"ReasoningTokens":           u.Reasoning.Value,
			"CompletionReasoningTokens": u.Reasoning.Value,
			"ThinkingTokens":            u.Reasoning.Value,
			infoThinking:                reasoning,
			infoUsage:                   u,
			infoVendor:                  r.Vendor,
			infoModel:                   r.Model,
			infoID:                      r.ID,
			infoRequestID:               r.RequestID,
		},
	}
	if r.Finish == assistant.FinishOther {
		c.StopReason = cmp.Or(r.RawFinish, c.StopReason)
		c.GenerationInfo[infoRawFinish] = r.RawFinish
	}
	if dropped = append(dropped, r.Dropped...); len(dropped) > 0 {
		c.GenerationInfo[infoDropped] = dropped
	}
	if cited := r.Message.Citations(); len(cited) > 0 {
		c.GenerationInfo[infoCitations] = cited
	}
	for _, call := range r.ToolCalls() {
		c.ToolCalls = append(c.ToolCalls, llms.ToolCall{
			ID: call.ID, Type: "function", FunctionCall: &llms.FunctionCall{Name: call.Name, Arguments: call.Arguments},
		})
	}
	if len(c.ToolCalls) > 0 {
		c.FuncCall = c.ToolCalls[0].FunctionCall
	}
	var other []assistant.Part
	for _, p := range r.Message.Parts {
		switch p.(type) {
		case assistant.Text, assistant.Reasoning, assistant.Citation, assistant.ToolCall:
		default:
			other = append(other, p)
		}
	}
	if len(other) > 0 {
		c.GenerationInfo[infoParts] = other
	}
	return c
}

// toError makes an *llms.Error of an error of a model. Others stay as they are.
func toError(err error) error {
	var e *assistant.Error
	if !errors.As(err, &e) {
		switch {
		case errors.Is(err, context.Canceled):
			return llms.NewError(llms.ErrCodeCanceled, "", err.Error()).WithCause(err)
		case errors.Is(err, context.DeadlineExceeded):
			return llms.NewError(llms.ErrCodeTimeout, "", err.Error()).WithCause(err)
		}
		return err
	}
	code := llms.ErrCodeUnknown
	for _, c := range codes {
		if c.kind == e.Kind {
			code = c.code
			break
		}
	}
	nameless := *e
	nameless.Vendor = "" // langchaingo says it too
	named := llms.NewError(code, e.Vendor, nameless.Error()).WithCause(err)
	for key, value := range map[string]any{"status": e.Status, "code": e.Code, "request_id": e.RequestID, "retry_after": e.RetryAfter} {
		named = named.WithDetail(key, value)
	}
	return named
}
