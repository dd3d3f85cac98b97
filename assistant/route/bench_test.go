package route_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// still is a model that answers at once.
type still struct{}

func (still) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if yield(assistant.Chunk{Text: "答"}, nil) {
			yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
		}
	}
}

// What the router adds to a request, judge and models left aside: a command after a conversation, and an
// open question with so many turns of history, each of 200 characters.
func BenchmarkAdded(b *testing.B) {
	history := func(turns int) []assistant.Message {
		r, err := route.New(route.Config{Device: route.Tier{Model: still{}}, Clouds: []route.Tier{{Name: "own", Place: route.Trusted, Model: still{}, Masks: true}}, Policy: openPolicy()})
		require.NoError(b, err)
		var out []assistant.Message
		for i := range turns {
			text := fmt.Sprintf("第%d个问题，", i)
			for len(text) < 300 {
				text += "杭州的西湖春天有什么好看的，"
			}
			out = append(out, assistant.User(text))
			reply, err := assistant.Generate(b.Context(), r, &assistant.Request{Messages: out})
			require.NoError(b, err)
			out = append(out, reply.Message)
		}
		return out
	}
	for _, bench := range []struct {
		name  string
		turns int
		judge route.Judgement
	}{
		{"device", 0, act("set_alarm", "{}", 1)},
		{"device/20 turns", 20, act("set_alarm", "{}", 1)},
		{"cloud", 0, route.Judgement{}},
		{"cloud/20 turns", 20, route.Judgement{}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			policy := openPolicy()
			policy.Trusted.History.Turns = 100
			r, err := route.New(route.Config{Device: route.Tier{Model: still{}},
				Judge:  judgeFunc(func(*assistant.Request) (route.Judgement, error) { return bench.judge, nil }),
				Clouds: []route.Tier{{Name: "own", Place: route.Trusted, Model: still{}, Masks: true}}, Policy: policy})
			require.NoError(b, err)
			req := &assistant.Request{Messages: append(history(bench.turns), assistant.User("明天早上八点叫我起床")), Tools: tools()}
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range r.Stream(b.Context(), req) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
