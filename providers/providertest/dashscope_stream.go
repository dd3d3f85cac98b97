package providertest

import (
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A dashScopeStep is what one event of a native stream adds to those before it.
type dashScopeStep struct {
	reasoning, text string
	// calls are pieces of calls. A piece with the ID of one that has begun, or with none, goes on with
	// the call at its place in the slice.
	calls  []assistant.ToolCall
	finish string // if empty, the word "null"
}

// dashScopeStream is a native stream, in the form that the request asks for: each event holds what is
// new, or everything so far. There is no end mark.
type dashScopeStream struct {
	steps []dashScopeStep
	usage assistant.Usage // after the last step; if zero, stdCount
	tail  []string        // sent as it is, after the steps
	end   End
	drip  int // if not zero, the stream is sent in pieces of so many bytes
}

func (a dashScopeStream) Response(_ *Vendor, r *Request) Response {
	form, _ := switchesOf(r)
	if a.usage == (assistant.Usage{}) {
		a.usage = *stdCount()
	}
	var sum dashScopeStep
	var events []string
	for i, step := range a.steps {
		sum.add(step)
		shown := step
		if !form.Incremental {
			shown = sum
		}
		shown.finish = step.finish
		usage := a.usage
		if i < len(a.steps)-1 { // running counts
			usage.Output = min(usage.Output, i)
			usage.Total = usage.Input + usage.Output
		}
		events = append(events, dashScopeEvent(i+1, 200, "result", shown.output(form, usage)))
	}
	resp := SSE(append(events, a.tail...)...)
	resp.End = a.end
	if a.drip > 0 {
		resp = resp.Dripping(a.drip, 0)
	}
	return resp
}

// dashScopeWhole is a native answer in one piece.
type dashScopeWhole struct {
	step  dashScopeStep
	usage assistant.Usage // if zero, stdCount
}

func (a dashScopeWhole) Response(_ *Vendor, r *Request) Response {
	form, _ := switchesOf(r)
	if a.usage == (assistant.Usage{}) {
		a.usage = *stdCount()
	}
	return JSON(200, a.step.output(form, a.usage))
}

// dashScopeEvent frames an event as recorded traffic does.
func dashScopeEvent(id, status int, name, data string) string {
	return fmt.Sprintf("id:%d\nevent:%s\n:HTTP_STATUS/%d\ndata:%s\n\n", id, name, status, data)
}

func (s *dashScopeStep) add(next dashScopeStep) {
	s.reasoning += next.reasoning
	s.text += next.text
	for i, piece := range next.calls {
		if i == len(s.calls) {
			s.calls = append(s.calls[:i:i], piece)
			continue
		}
		s.calls = append(s.calls[:0:0], s.calls...) // earlier events keep theirs
		s.calls[i].Arguments += piece.Arguments
	}
}

// output renders one event or a whole answer.
func (s dashScopeStep) output(form dashScopeSwitches, u assistant.Usage) string {
	finish := s.finish
	if finish == "" {
		finish = "null"
	}
	var out string
	if form.ResultFormat == "message" {
		out = fmt.Sprintf(`"choices":[{"message":%s,"finish_reason":%s}]`, s.message(), quote(finish))
	} else {
		out = fmt.Sprintf(`"text":%s,"finish_reason":%s`, quote(s.text), quote(finish))
	}
	return fmt.Sprintf(`{"output":{%s},"usage":%s,"request_id":%s}`, out, dashScopeUsage(u), quote(DefaultRequestID))
}

func (s dashScopeStep) message() string {
	fields := []string{`"content":` + quote(s.text), `"reasoning_content":` + quote(s.reasoning), `"role":"assistant"`}
	if len(s.calls) > 0 {
		calls := make([]string, len(s.calls))
		for i, c := range s.calls {
			calls[i] = callJSON(i, c)
		}
		fields = append(fields, `"tool_calls":[`+strings.Join(calls, ",")+`]`)
	}
	return "{" + strings.Join(fields, ",") + "}"
}
