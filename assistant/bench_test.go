package assistant_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// toolThenText calls the weather tool once and then answers: the least that an agent does.
type toolThenText struct{}

var (
	callChunk = assistant.Chunk{
		ToolCalls: []assistant.ToolCall{{ID: "call_1", Name: "weather", Arguments: `{"city":"北京","days":3,"unit":"celsius"}`}},
		Finish:    assistant.FinishToolCalls, Usage: &assistant.Usage{Input: 50, Output: 20, Total: 70},
	}
	textChunk = assistant.Chunk{Text: "北京未来三天晴。"}
	endChunk  = assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 80, Output: 20, Total: 100}}
)

func (toolThenText) Stream(_ context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if req.Messages[len(req.Messages)-1].Role == assistant.RoleUser {
			yield(callChunk, nil)
			return
		}
		if yield(textChunk, nil) {
			yield(endChunk, nil)
		}
	}
}

type forecastIn struct {
	City string `json:"city"`
	Days int    `json:"days"`
	Unit string `json:"unit"`
}

type forecastOut struct {
	Text string  `json:"text"`
	High float64 `json:"high"`
	Low  float64 `json:"low"`
}

func forecast(_ context.Context, in forecastIn) (forecastOut, error) {
	return forecastOut{Text: in.City + "晴", High: 12, Low: 1}, nil
}

// handWritten is what a careful engineer writes without this package, straight on the stream: the
// same requests, decoding, call and history, and none of the protection.
func handWritten(ctx context.Context, m assistant.Model, question string) (string, error) {
	req := &assistant.Request{Messages: []assistant.Message{assistant.User(question)}}
	for range 10 {
		var text strings.Builder
		var calls []assistant.ToolCall
		finished := false
		for chunk, err := range m.Stream(ctx, req) {
			if err != nil {
				return "", err
			}
			text.WriteString(chunk.Text)
			calls = append(calls, chunk.ToolCalls...)
			finished = finished || chunk.Finish != ""
		}
		if !finished {
			return "", io.ErrUnexpectedEOF
		}
		if len(calls) == 0 {
			return text.String(), nil
		}
		answer := assistant.Message{Role: assistant.RoleAssistant}
		results := assistant.Message{Role: assistant.RoleTool}
		for _, call := range calls {
			var in forecastIn
			if err := json.Unmarshal([]byte(call.Arguments), &in); err != nil {
				return "", err
			}
			out, err := forecast(ctx, in)
			if err != nil {
				return "", err
			}
			b, err := json.Marshal(out)
			if err != nil {
				return "", err
			}
			answer.Parts = append(answer.Parts, call)
			results.Parts = append(results.Parts, assistant.ToolResult{
				ID: call.ID, Name: call.Name, Parts: []assistant.Part{assistant.Text{Text: string(b)}},
			})
		}
		req.Messages = append(req.Messages, answer, results)
	}
	return "", errors.New("too many steps")
}

// BenchmarkAgentLoop compares the loop around one tool with a hand-written one, in turns, and reports
// the median ratio. Budget: at most 3.
func BenchmarkAgentLoop(b *testing.B) {
	tool := assistant.MustTool(assistant.ToolSpec{Name: "weather", Description: "查天气"}, forecast)
	a := &assistant.Assistant{Model: toolThenText{}, Tools: []assistant.Tool{tool}}
	ctx := context.Background()
	ours := func() {
		if _, err := a.Ask(ctx, "北京天气"); err != nil {
			b.Fatal(err)
		}
	}
	theirs := func() {
		if _, err := handWritten(ctx, toolThenText{}, "北京天气"); err != nil {
			b.Fatal(err)
		}
	}
	const batch = 500
	var ratios []float64
	var mine, base time.Duration
	for b.Loop() {
		x, y := timeOf(batch, ours), timeOf(batch, theirs)
		mine, base = mine+x, base+y
		ratios = append(ratios, float64(x)/float64(y))
	}
	slices.Sort(ratios)
	n := float64(len(ratios) * batch)
	b.ReportMetric(ratios[len(ratios)/2], "x-hand-written")
	b.ReportMetric(float64(mine.Nanoseconds())/n, "ns/run")
	b.ReportMetric(float64(base.Nanoseconds())/n, "ns/hand-written")
	b.ReportMetric(allocsOf(ours), "allocs/run")
	b.ReportMetric(allocsOf(theirs), "allocs/hand-written")
}

func timeOf(n int, f func()) time.Duration {
	start := time.Now()
	for range n {
		f()
	}
	return time.Since(start)
}

func allocsOf(f func()) float64 {
	runtime.GC()
	return testing.AllocsPerRun(200, f)
}
