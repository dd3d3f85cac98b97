package providertest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A tencentChat is the body of a native ChatCompletions request.
type tencentChat struct {
	Model      string
	Messages   []tencentMessage
	Stream     bool
	Stop       []string
	Tools      []tencentTool
	ToolChoice string
	TopP       *float64
	Seed       *int
	// Temperature goes up to 2, the limit included.
	Temperature *float64
}

type tencentMessage struct {
	Role, Content string
	Contents      []struct{ Type string }
	ToolCallID    string `json:"ToolCallId"`
	ToolCalls     []struct {
		ID       string `json:"Id"`
		Type     string
		Function struct{ Name, Arguments string }
	}
	ReasoningContent string
}

type tencentTool struct {
	Type     string
	Function struct {
		Name       string
		Parameters string // a JSON text, not an object
	}
}

var tencentFields = []string{
	"Model", "Messages", "Stream", "StreamModeration", "TopP", "Temperature", "Seed", "Stop", "Tools", "ToolChoice",
	"CustomTool", "EnableEnhancement", "ForceSearchEnhancement", "EnableSpeedSearch", "EnableMultimedia", "SearchInfo",
	"Citation", "WebSearchOptions", "EnableRecommendedQuestions", "TopicChoice", "EnableThinking",
}

// maxTencentMessages is the longest conversation that is taken.
const maxTencentMessages = 40

func checkTencentChat(s *Server, r *Request) (Script, error) {
	refuse := func(format string, args ...any) (Script, error) {
		return nil, tencentFault("InvalidParameter", fmt.Sprintf(format, args...))
	}
	fields, err := r.fields()
	if err != nil {
		return refuse("%v", err)
	}
	for name := range fields {
		if s.cfg.Strict && !slices.Contains(tencentFields, name) {
			return nil, tencentFault("UnknownParameter", "The parameter `"+name+"` is not recognized.")
		}
	}
	var c tencentChat
	if err := r.Decode(&c); err != nil {
		return refuse("%v", err)
	}
	switch {
	case c.Model == "" || s.cfg.Model != "" && c.Model != s.cfg.Model:
		return nil, tencentFault("InvalidParameterValue.Model", "The model "+c.Model+" does not exist.")
	case len(c.Messages) == 0 || len(c.Messages) > maxTencentMessages:
		return refuse("Messages must have 1 to %d entries", maxTencentMessages)
	case c.TopP != nil && (*c.TopP < 0 || *c.TopP > 1):
		return refuse("TopP must be in [0, 1]")
	case c.Temperature != nil && (*c.Temperature < 0 || *c.Temperature > 2):
		return refuse("Temperature must be in [0, 2]")
	case c.Seed != nil && (*c.Seed < 1 || *c.Seed > 10000):
		return refuse("Seed must be in [1, 10000]")
	case !slices.Contains([]string{"", "none", "auto", "custom"}, c.ToolChoice):
		return refuse("ToolChoice %q is none of none, auto and custom", c.ToolChoice)
	}
	for i, t := range c.Tools {
		if t.Type != "function" || t.Function.Name == "" || !json.Valid([]byte(t.Function.Parameters)) {
			return refuse("Tools[%d] must be a function with a name and Parameters in a JSON string", i)
		}
	}
	for i, m := range c.Messages {
		for _, p := range m.Contents {
			if p.Type != "text" && hasPrefix(c.Model, "hunyuan-") && !strings.Contains(c.Model, "vision") {
				return refuse("Messages[%d]: the model %s does not support content of type %s", i, c.Model, p.Type)
			}
		}
	}
	if err := tencentOrder(c.Messages); err != nil {
		return refuse("%v", err)
	}
	return usualAnswer, nil
}

// tencentOrder wants an optional system message, then user and assistant by turns, with a result for
// each call between them.
func tencentOrder(messages []tencentMessage) error {
	before := "system"
	for i, m := range messages {
		after := map[string][]string{
			"system":    {},
			"user":      {"system", "assistant"},
			"assistant": {"user", "tool"},
			"tool":      {"assistant", "tool"},
		}
		allowed, known := after[m.Role]
		switch {
		case !known:
			return fmt.Errorf("the role %q of Messages[%d] is unknown", m.Role, i)
		case m.Role == "system" && i > 0, m.Role != "system" && !slices.Contains(allowed, before):
			return fmt.Errorf("messages must alternate: Messages[%d] is of role %s after %s", i, m.Role, before)
		case m.Content == "" && len(m.Contents) == 0:
			return fmt.Errorf("the content of Messages[%d] must not be empty", i)
		case m.ReasoningContent != "":
			return fmt.Errorf("the reasoning of Messages[%d] must not be sent back", i)
		case m.Role == "tool" && m.ToolCallID == "":
			return fmt.Errorf("the ToolCallId of Messages[%d] is missing", i)
		}
		before = m.Role
	}
	if before != "user" && before != "tool" {
		return fmt.Errorf("the last message must be of role user or tool")
	}
	return nil
}

// tencent is the native form of an Answer. A stream has no wrapper and no end mark, a whole answer has
// the wrapper Response.
func (a Answer) tencent(r *Request) Response {
	u := a.count(r)
	if !r.Stream() {
		return JSON(200, `{"Response":{"RequestId":`+quote(DefaultRequestID)+`,`+
			tencentFrame("Message", tencentPiece(a.Reasoning, a.Text, a.Calls), a.reason(), u)+`}}`)
	}
	var events []string
	add := func(piece, finish string, u assistant.Usage) {
		events = append(events, event("{"+tencentFrame("Delta", piece, finish, u)+"}"))
	}
	running := assistant.Usage{Input: u.Input, Total: u.Input}
	for _, s := range syllables(a.Reasoning) {
		add(tencentPiece(s, "", nil), "", running)
	}
	for _, s := range syllables(a.Text) {
		add(tencentPiece("", s, nil), "", running)
	}
	add(tencentPiece("", "", a.Calls), a.reason(), u)
	return SSE(events...)
}

func tencentPiece(reasoning, text string, calls []assistant.ToolCall) string {
	fields := []string{`"Role":"assistant"`, `"Content":` + quote(text)}
	if reasoning != "" {
		fields = append(fields, `"ReasoningContent":`+quote(reasoning))
	}
	if len(calls) > 0 {
		list := make([]string, len(calls))
		for i, c := range calls {
			list[i] = fmt.Sprintf(`{"Id":%s,"Type":"function","Index":%d,"Function":{"Name":%s,"Arguments":%s}}`, quote(c.ID), i, quote(c.Name), quote(c.Arguments))
		}
		fields = append(fields, `"ToolCalls":[`+strings.Join(list, ",")+`]`)
	}
	return "{" + strings.Join(fields, ",") + "}"
}

func tencentFrame(kind, piece, finish string, u assistant.Usage) string {
	return fmt.Sprintf(`"Note":"以上内容为AI生成","Choices":[{"Index":0,"%s":%s,"FinishReason":%s}],"Created":1795300000,"Id":%s,"Usage":{"PromptTokens":%d,"CompletionTokens":%d,"TotalTokens":%d}`,
		kind, piece, quote(finish), quote(answerID), u.Input, u.Output, u.Total)
}
