package providertest

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// streamErrorScenarios are errors that come inside a stream, in all their forms, before and after text.
func streamErrorScenarios(v *Vendor) []Scenario {
	f := fault(0, "data_inspection_failed", "Output data may contain inappropriate content.", assistant.ErrBlocked)
	if v.Name != "qwen" { // the others have no such code; rate limits are known everywhere
		f = fault(0, "rate_limit_exceeded", "Rate limit reached.", assistant.ErrRateLimited)
	}
	nested := v.Envelopes[0].Body(f)
	frames := []struct {
		name, data string
		anyKind    bool
	}{
		{"data line", event(nested), false},
		{"bare JSON line", nested + "\n\n", false},
		{"bare JSON at the end", nested, false},
		{"event error", "event:error\ndata:" + flatEnvelope(f) + "\n\n", false},
		{"event error, nested", "event: error\n" + event(nested), false},
		{"flat data line", event(flatEnvelope(f)), false},
		{"event error without JSON", "event: error\ndata: internal failure\n\n", true},
		{"event error of unknown shape", "event: error\ndata: {\"what\":\"failure\"}\n\n" + done, true},
		{"error as a string", event(`{"error":"something broke"}`), true},
		{"numeric code", event(`{"error":{"message":"backend failed","type":"server_error","param":null,"code":500}}`), true},
	}
	var out []Scenario
	for _, fr := range frames {
		want := &WantError{Kinds: f.Kinds, Code: f.Code, Message: f.Message}
		if fr.anyKind {
			want = failing()
		}
		out = append(out,
			Scenario{
				Name:   "stream error/" + fr.name + ", first",
				Stream: SSE(fr.data),
				Want:   Want{Error: want},
			},
			Scenario{
				Name:   "stream error/" + fr.name + ", after text",
				Stream: SSE(v.delta(`{"role":"assistant","content":""}`), v.text("第一"), v.text("段"), fr.data),
				Want:   Want{Text: "第一段", Error: want},
			},
			Scenario{
				Name:   "stream error/" + fr.name + ", after reasoning",
				Stream: SSE(v.delta(`{"reasoning_content":"想"}`), fr.data),
				Want:   Want{Reasoning: "想", Error: want},
			})
	}
	return append(out, Scenario{
		Name:   "stream error/inside a chunk with choices",
		Stream: SSE(v.text("段"), event(`{"choices":[],"error":`+strings.TrimSuffix(strings.TrimPrefix(openAIEnvelope(f), `{"error":`), "}")+`}`), done),
		Want:   Want{Text: "段", Error: failing(f.Kinds...)},
	})
}

// errorScenarios are failed HTTP calls, whatever the vendor.
func errorScenarios(v *Vendor) []Scenario {
	both := failedCall
	html := func(status int) Response {
		return JSON(status, "<html>\r\n<head><title>"+http.StatusText(status)+"</title></head></html>\r\n").With("Content-Type", "text/html")
	}
	busy := []assistant.ErrorKind{assistant.ErrServer, assistant.ErrOverloaded}
	limited := Fault{
		Status: 429, Code: "rate_limit_exceeded", Type: "rate_limit_exceeded", Message: "Rate limit reached.",
		Kinds: []assistant.ErrorKind{assistant.ErrRateLimited},
	}
	fail429 := v.Fail(limited)
	huge := limited
	huge.Message = strings.Repeat("很长的话。", 10_000)
	return []Scenario{
		both("HTML page 502", html(502), &WantError{Kinds: busy, Status: 502}),
		both("HTML page 504", html(504), &WantError{Kinds: append(busy, assistant.ErrTimeout), Status: 504}),
		both("HTML page 413", html(413), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrInvalid, assistant.ErrContextLength}, Status: 413}),
		both("empty body 500", JSON(500, ""), &WantError{Kinds: busy, Status: 500}),
		both("empty body 503", JSON(503, ""), &WantError{Kinds: busy, Status: 503}),
		both("empty body 401", JSON(401, ""), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrAuth}, Status: 401}),
		both("broken JSON 500", JSON(500, `{"error":{"message":"内部`), &WantError{Kinds: busy, Status: 500}),
		both("event stream 500", JSON(500, event(`{"error":{"message":"x"}}`)).With("Content-Type", "text/event-stream"), &WantError{Kinds: busy, Status: 500}),
		both("null message", JSON(400, `{"error":{"message":null,"type":null,"code":null}}`), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrInvalid}, Status: 400}),
		both("very long message", v.Fail(huge), &WantError{Kinds: limited.Kinds, Status: 429}),
		both("cut by the connection", v.Fail(limited).With("Content-Length", "5000").Ending(EndShort), &WantError{Kinds: limited.Kinds, Status: 429}),
		both("retry after seconds", fail429.With("Retry-After", "7"),
			&WantError{Kinds: limited.Kinds, Status: 429, RetryAfterMin: 7 * time.Second, RetryAfterMax: 7 * time.Second}),
		both("retry after nothing", fail429, &WantError{Kinds: limited.Kinds, Status: 429}),
		both("retry after nonsense", fail429.With("Retry-After", "soon"), &WantError{Kinds: limited.Kinds, Status: 429}),
		both("retry after a negative number", fail429.With("Retry-After", "-5"), &WantError{Kinds: limited.Kinds, Status: 429}),
		both("retry after a past date", fail429.With("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), &WantError{Kinds: limited.Kinds, Status: 429}),
		both("request id in a header", JSON(500, "").With("X-Request-Id", "req-header-2"), &WantError{Kinds: busy, Status: 500, RequestID: "req-header-2"}),
		{
			Name:   "error/retry after a date",
			Stream: retryAt{fail429, 90 * time.Second},
			Whole:  retryAt{fail429, 90 * time.Second},
			Want:   Want{Error: &WantError{Kinds: limited.Kinds, Status: 429, RetryAfterMin: 60 * time.Second, RetryAfterMax: 91 * time.Second}},
		},
		{
			Name:   "error/message with the key",
			Stream: echoKey{}, Whole: echoKey{},
			Want: Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrAuth}, Status: v.BadKey.Status}},
		},
	}
}

func failedCall(name string, r Response, w *WantError) Scenario {
	return Scenario{Name: "error/" + name, Stream: r, Whole: r, Want: Want{Error: w}}
}

// acceptedErrorScenarios are errors of many vendors with a status that says success.
func acceptedErrorScenarios() []Scenario {
	var out []Scenario
	for _, ok := range []struct{ name, body string }{
		{"OpenAI", `{"error":{"message":"没有成功","type":"server_error","param":null,"code":"internal_error"}}`},
		{"flat", `{"code":"InternalError","message":"没有成功","request_id":"r1"}`},
		{"Baidu legacy", `{"error_code":336100,"error_msg":"没有成功"}`},
		{"Tencent", `{"Response":{"Error":{"Code":"InternalError","Message":"没有成功"},"RequestId":"r1"}}`},
		{"error with id", `{"error":{"code":"internal_error","message":"没有成功","type":"Internal_error"},"id":"as-1"}`},
		{"string", `{"error":"没有成功"}`},
	} {
		want := &WantError{Message: "没有成功"}
		out = append(out,
			failedCall("status 200, "+ok.name, JSON(200, ok.body), want),
			failedCall("status 200 as an event stream, "+ok.name, SSE(event(ok.body)), want))
	}
	return out
}

// faultScenarios are the vendor's documented errors in each of its envelopes.
func faultScenarios(v *Vendor) []Scenario {
	var out []Scenario
	seen := map[string]int{}
	for _, env := range v.Envelopes {
		for _, f := range v.Faults {
			body := env.Body(f)
			want := &WantError{Kinds: f.Kinds, Status: f.Status, Code: f.Code, Message: f.Message, DropTurn: f.DropTurn}
			if strings.Contains(body, f.id()) {
				want.RequestID = f.id()
			}
			name := fmt.Sprintf("fault/%s/%d %s", env.Name, f.Status, f.Code)
			if seen[name]++; seen[name] > 1 {
				name = fmt.Sprintf("%s (%d)", name, seen[name])
			}
			out = append(out, Scenario{Name: name, Stream: JSON(f.Status, body), Whole: JSON(f.Status, body), Want: Want{Error: want}})
		}
	}
	return out
}

// retryAt asks in an HTTP date to wait.
type retryAt struct {
	fail  Response
	after time.Duration
}

func (r retryAt) Response(*Vendor, *Request) Response {
	return r.fail.With("Retry-After", time.Now().Add(r.after).UTC().Format(http.TimeFormat))
}

// echoKey repeats the key in the message, as vendors do with wrong keys.
type echoKey struct{}

func (echoKey) Response(v *Vendor, r *Request) Response {
	f := v.BadKey
	f.Message = "Incorrect API key provided: " + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ") + "."
	return v.Fail(f)
}
