package route_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// A private tool runs on the device, and no cloud learns that there is one, what it was called with or what it
// returned: neither in that turn nor in a later one, also when the person did not want the call, when it failed,
// and when the tool has gone from the program since.
func TestPrivateToolStaysAtHome(t *testing.T) {
	t.Parallel()
	diary := func(confirm bool, result string) assistant.Tool {
		return assistant.MustTool(assistant.ToolSpec{Name: "read_diary", Description: "读日记", Private: true, Confirm: confirm}, func(_ context.Context, in struct {
			Day string `json:"day"`
		}) (string, error) {
			if result == "" {
				return "", errTest
			}
			return result, nil
		})
	}
	for name, c := range map[string]struct {
		tool      assistant.Tool
		arguments string
		decide    *assistant.Decision
	}{
		"called":     {tool: diary(false, "芒果很甜"), arguments: `{"day":"荔枝节"}`},
		"failed":     {tool: diary(false, ""), arguments: `{"day":"荔枝节"}`},
		"does not":   {tool: diary(false, "芒果很甜"), arguments: `{"荔枝节":1}`},
		"approved":   {tool: diary(true, "芒果很甜"), arguments: `{"day":"荔枝节"}`, decide: &assistant.Decision{Approve: true}},
		"declined":   {tool: diary(true, "芒果很甜"), arguments: `{"day":"荔枝节"}`, decide: &assistant.Decision{Reason: "荔枝节是秘密"}},
		"undecided":  {tool: diary(true, "芒果很甜"), arguments: `{"day":"荔枝节"}`},
		"wrapped up": {tool: wrapper{diary(false, "芒果很甜")}, arguments: `{"day":"荔枝节"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(cfg *route.Config) {
				cfg.Device.Model = assistanttest.Script(assistanttest.Call("read_diary", c.arguments), assistanttest.Say("读过了。"))
				cfg.Policy.Trusted.History.Unmarked, cfg.Policy.Partner.History.Unmarked = true, true
			})
			weather := assistant.MustTool(assistant.ToolSpec{Name: "weather", Description: "天气", ReadOnly: true}, func(context.Context, struct{}) (string, error) { return "晴", nil })
			a := &assistant.Assistant{Model: r, Tools: []assistant.Tool{c.tool, weather}, Sessions: assistant.NewMemory()}
			run := func(seq func(func(assistant.Event, error) bool)) {
				t.Helper()
				for _, err := range seq {
					require.NoError(t, err)
				}
			}
			r.judge = func(*assistant.Request) (route.Judgement, error) { return act("read_diary", c.arguments, 0.99), nil }
			run(a.Run(t.Context(), "s", assistant.User("念日记")))
			if c.decide != nil {
				run(a.Resume(t.Context(), "s", *c.decide))
			}
			require.Empty(t, r.trusted.seen())
			require.Empty(t, r.partner.seen())

			r.judge = nil
			kept := load(t, a.Sessions)
			b, err := json.Marshal(kept)
			require.NoError(t, err)
			require.Contains(t, string(b), "荔枝节", "it is in the session")
			all := a.Tools
			for i := range 4 {
				if a.Tools = all; i%2 == 1 {
					a.Tools = []assistant.Tool{weather} // another release
				}
				if i >= 2 { // the answers are from before there was a router
					for i := range kept.Messages {
						kept.Messages[i].Origin = nil
					}
				}
				a.Sessions = assistant.NewMemory()
				require.NoError(t, a.Sessions.Append(t.Context(), "s", assistant.Change{Messages: kept.Messages, Pending: kept.Pending}))
				run(a.Run(t.Context(), "s", assistant.User("天为什么是蓝的")))
				r.trusted.set(assistanttest.Break(errNetwork))
				run(a.Run(t.Context(), "s", assistant.User("海为什么是蓝的")))
				r.trusted.set(assistanttest.Say("可信云答。"))
			}
			require.NotEmpty(t, r.trusted.seen())
			require.NotEmpty(t, r.partner.seen())
			for _, req := range append(r.trusted.seen(), r.partner.seen()...) {
				b, err := json.Marshal(req)
				require.NoError(t, err)
				for _, secret := range []string{"read_diary", "日记", "荔枝节", "芒果"} {
					require.False(t, strings.Contains(string(b), secret), "%s in %s", secret, b)
				}
			}
		})
	}
}

// wrapper is a tool around another.
type wrapper struct{ assistant.Tool }

func (w wrapper) Unwrap() assistant.Tool { return w.Tool }

func load(t *testing.T, s assistant.Sessions) *assistant.Session {
	t.Helper()
	session, err := s.Load(t.Context(), "s")
	require.NoError(t, err)
	return session
}
