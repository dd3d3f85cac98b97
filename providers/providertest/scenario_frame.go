package providertest

import (
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// frameScenarios are the same few events in every form that server-sent events and TCP allow.
func frameScenarios(v *Vendor) []Scenario {
	events := []string{v.text("你"), v.text("好"), v.finish("stop"), v.usage(stdUsage), done}
	plain := strings.Join(events, "")
	want := Want{Text: "你好", Usage: stdCount()}
	var out []Scenario
	add := func(name string, r Response) {
		out = append(out, Scenario{Name: "frames/" + name, Stream: r, Want: want})
	}

	add("all in one write", SSE(plain))
	add("byte by byte", SSE(plain).Dripping(1, time.Nanosecond))
	add("three bytes at a time", SSE(plain).Dripping(3, 10*time.Microsecond))
	cut := strings.Index(plain, "你") + 1
	add("cut inside a character", Response{
		Header: SSE().Header, Body: []Piece{{Data: plain[:cut]}, {Pause: 5 * time.Millisecond, Data: plain[cut:]}},
	})
	cut = strings.Index(plain, "\n\n") + 1
	add("cut between the line ends", Response{
		Header: SSE().Header, Body: []Piece{{Data: plain[:cut]}, {Pause: 5 * time.Millisecond, Data: plain[cut:]}},
	})
	add("CRLF", SSE(strings.ReplaceAll(plain, "\n", "\r\n")))
	add("CRLF byte by byte", SSE(strings.ReplaceAll(plain, "\n", "\r\n")).Dripping(1, time.Nanosecond))
	add("byte order mark", SSE(append([]string{"\ufeff"}, events...)...))
	add("no space after the colon", SSE(strings.ReplaceAll(plain, "data: ", "data:")))
	add("event, id and retry lines", SSE("retry: 3000\n\n", "event: message\nid: 1\n"+events[0], "id: 2\n\n", "event: ping\n\n", events[1]+events[2]+events[3]+done))
	add("empty data", SSE("data:\n\n", "data: \n\n", plain))
	add("400 comments", SSE(strings.Repeat(": keep-alive\n\n", 400), events[0], strings.Repeat(": keep-alive\n\n", 400), events[1]+events[2]+events[3]+done))
	add("comments without blank lines", SSE(strings.Repeat(":\n", 400), ":HTTP_STATUS/200\n"+plain))
	add("300 blank lines", SSE(strings.Repeat("\n", 300), plain))
	add("unknown field and a line without colon", SSE("foo: bar\nbaz\n"+plain))
	add("data in two lines", SSE(strings.Replace(plain, `"choices"`, "\ndata: \"choices\"", 1)))
	add("white space around [DONE]", SSE(events[0], events[1], events[2], events[3], "data:  [DONE] \n\n"))
	add("no line end after [DONE]", SSE(events[0], events[1], events[2], events[3], "data: [DONE]"))
	add("content type with a charset", SSE(plain).With("Content-Type", "text/event-stream;charset=UTF-8"))
	add("body ended by the connection", SSE(plain).Ending(EndClose))
	add("last HTTP chunk late", SSE(plain).Ending(EndLate))
	add("pauses between events", Response{Header: SSE().Header, Body: []Piece{
		{Data: events[0]}, {10 * time.Millisecond, events[1]}, {10 * time.Millisecond, events[2] + events[3]}, {10 * time.Millisecond, done},
	}})

	long := strings.Repeat("白日依山尽,黄河入海流。", 3200) // more than 100 KB
	out = append(out, Scenario{
		Name:   "frames/one event of 100 KB",
		Stream: SSE(v.text(long), v.finish("stop"), v.usage(stdUsage), done),
		Whole:  v.answer(`{"role":"assistant","content":`+quote(long)+`}`, "stop"),
		Want:   Want{Text: long, Usage: stdCount()},
	})
	for _, broken := range []struct{ name, data string }{
		{"broken JSON", `{"choices":[{"index":0,"delta":{"content":"的"`},
		{"not JSON", `oops`},
		{"content of no text", v.Chunk(v.Model, choice(`{"content":{"a":1}}`, ""), "")},
		{"choices of no array", v.Chunk(v.Model, `"x"`, "")},
	} {
		out = append(out, Scenario{
			Name:   "frames/" + broken.name + " in one event",
			Stream: SSE(events[0], events[1], event(broken.data), v.text("啊"), v.finish("stop"), done),
			Want:   Want{Text: "你好", Error: failing(assistant.ErrProtocol)},
		})
	}
	return out
}

// wholeScenarios are answers that are not streamed although a stream was asked for, and the forms of
// an answer that was not to be streamed.
func wholeScenarios(v *Vendor) []Scenario {
	body := v.Completion(v.Model, message(`{"role":"assistant","content":"你好"}`, "stop"), stdUsage)
	both := func(name string, r Response, w Want) Scenario {
		return Scenario{Name: "whole/" + name, Stream: r, Whole: r, Want: w}
	}
	want := Want{Text: "你好", Usage: stdCount()}
	broken := failing(assistant.ErrProtocol, assistant.ErrTruncated)
	return []Scenario{
		both("JSON", JSON(200, body), want),
		both("JSON with a charset", JSON(200, body).With("Content-Type", "application/json; charset=utf-8"), want),
		both("blank lines before the JSON", Response{Body: []Piece{{Data: "\n\n"}, {5 * time.Millisecond, "\n \r\n"}, {Data: body}}}, want),
		both("byte by byte", JSON(200, body).Dripping(1, time.Nanosecond), want),
		both("with calls", JSON(200, v.Completion(v.Model, message(`{"role":"assistant","content":null,"tool_calls":[`+wholeA+`]}`, "tool_calls"), stdUsage)),
			Want{Calls: oneCall.Calls, Finish: finishCalls, Usage: stdCount()}),
		both("empty body", JSON(200, ""), Want{Error: broken}),
		both("blank body", JSON(200, " \n\n"), Want{Error: broken}),
		both("broken JSON", JSON(200, body[:len(body)/2]), Want{Error: broken}),
		both("JSON cut by the connection", JSON(200, body[:len(body)/2]).With("Content-Length", "5000").Ending(EndShort),
			Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork)}),
		both("no choices", JSON(200, v.Completion(v.Model, `[]`, stdUsage)), Want{Error: broken}),
		both("empty object", JSON(200, `{}`), Want{Error: broken}),
		both("null", JSON(200, `null`), Want{Error: broken}),
		both("HTML page with status 200", JSON(200, "<html><body>login</body></html>").With("Content-Type", "text/html"), Want{Error: broken}),
	}
}
