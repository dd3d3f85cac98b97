package route_test

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// A router keeps the contract of a model, whoever answers.
func TestContract(t *testing.T) {
	for name, judgement := range map[string]route.Judgement{"device": act("set_alarm", "{}", 1), "cloud": {}} {
		t.Run(name, func(t *testing.T) {
			providertest.Run(t, func() assistant.Model {
				r := newRig(t, nil)
				r.judge = func(*assistant.Request) (route.Judgement, error) { return judgement, nil }
				return r
			}, providertest.Options{Failing: func() assistant.Model {
				r := newRig(t, nil)
				for _, f := range []*fake{r.device, r.trusted, r.partner} {
					f.set(assistanttest.Break(&assistant.Error{Kind: assistant.ErrInvalid}, assistant.Chunk{Text: "半"}))
				}
				return r
			}})
		})
	}
}

// The mark of the router is in the message, comes with the first words, and survives storage; thoughts keep
// belonging to the vendor that had them.
func TestMarks(t *testing.T) {
	t.Parallel()
	blob := assistant.Reasoning{Vendor: "v", Opaque: []byte("x")}
	for name, chunks := range map[string][]assistant.Chunk{
		"words":                 {{Text: "甲"}, {Text: "乙"}, {Finish: assistant.FinishStop}},
		"thoughts":              {{Reasoning: "想"}, {Text: "甲乙"}, {Parts: []assistant.Part{blob}}, {Finish: assistant.FinishStop}},
		"a call":                {{Text: "甲乙"}, {ToolCalls: []assistant.ToolCall{{ID: "1", Name: "weather"}}, Finish: assistant.FinishToolCalls}},
		"nothing":               {{Finish: assistant.FinishStop}},
		"retracted":             {{Text: "丙"}, {Retract: &assistant.Retraction{Replacement: "甲乙"}}, {Finish: assistant.FinishFiltered}},
		"retracted at the end":  {{Text: "丙"}, {Retract: &assistant.Retraction{Replacement: "甲乙"}, Finish: assistant.FinishFiltered, Usage: &assistant.Usage{Total: 3}}},
		"retracted at the very": {{Retract: &assistant.Retraction{Replacement: "甲乙"}, Finish: assistant.FinishFiltered}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.trusted.set(assistanttest.Chunks(chunks...))
			var c assistant.Collector
			i := 0
			for k, err := range r.Stream(t.Context(), ask("天为什么是蓝的")) {
				require.NoError(t, err)
				c.Add(k)
				require.Equal(t, i == 0, k.Meta != nil, "with the first piece, and no more")
				i++
			}
			reply := c.Reply()
			require.Equal(t, reply.Origin, reply.Message.Origin)
			require.Equal(t, "own", reply.Origin.Tier)
			require.False(t, reply.Origin.Device)
			require.Equal(t, chunks[len(chunks)-1].Finish, reply.Finish)
			require.Equal(t, name == "retracted at the end", reply.Usage.Total == 3)
			if name != "nothing" {
				require.Equal(t, "甲乙", reply.Text())
			}
			if name == "thoughts" {
				require.Equal(t, assistant.Reasoning{Text: "想", Vendor: "v", Opaque: []byte("x")}, reply.Message.Parts[0])
			}
			b, err := json.Marshal(reply.Message)
			require.NoError(t, err)
			var stored assistant.Message
			require.NoError(t, json.Unmarshal(b, &stored))
			o, ok := route.Of(stored)
			require.True(t, ok)
			require.Equal(t, route.Trusted, o.Place)
			require.Equal(t, route.Partner, o.Reach)
		})
	}
	for _, o := range []*assistant.Origin{nil, {}, {Tier: "own"}, {Detail: []byte(`{"place":"mars","rule":"x"}`)}, {Detail: []byte(`{}`)}} {
		_, ok := route.Of(assistant.Message{Role: assistant.RoleAssistant, Origin: o})
		require.False(t, ok)
	}
}

// A cloud cannot have tools run that it was not offered, although the assistant knows them.
func TestToolsThatWereNotOffered(t *testing.T) {
	t.Parallel()
	call := func(names ...string) []assistant.ToolCall {
		var calls []assistant.ToolCall
		for _, n := range names {
			calls = append(calls, assistant.ToolCall{ID: n, Name: n, Arguments: "{}"})
		}
		return calls
	}
	for name, c := range map[string]struct {
		chunks []assistant.Chunk
		calls  []assistant.ToolCall
		tier   string
		finish assistant.FinishReason
	}{
		"a private one":       {[]assistant.Chunk{{ToolCalls: call("read_messages"), Finish: assistant.FinishToolCalls}}, nil, "qwen", assistant.FinishStop},
		"one that pays":       {[]assistant.Chunk{{ToolCalls: call("pay"), Finish: assistant.FinishToolCalls}}, nil, "qwen", assistant.FinishStop},
		"one of two":          {[]assistant.Chunk{{ToolCalls: call("weather", "pay"), Finish: assistant.FinishToolCalls}}, call("weather"), "own", assistant.FinishToolCalls},
		"after words":         {[]assistant.Chunk{{Text: "好"}, {ToolCalls: call("pay")}, {Finish: assistant.FinishToolCalls}}, nil, "own", assistant.FinishOther},
		"asks for consent":    {[]assistant.Chunk{{ToolCalls: call("unlock"), Finish: assistant.FinishToolCalls}}, call("unlock"), "own", assistant.FinishToolCalls},
		"one that none knows": {[]assistant.Chunk{{ToolCalls: call("rm"), Finish: assistant.FinishToolCalls}}, nil, "qwen", assistant.FinishStop},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.trusted.set(assistanttest.Chunks(c.chunks...))
			reply := r.reply(t, ask("天为什么是蓝的"))
			require.Equal(t, c.calls, reply.ToolCalls())
			require.Equal(t, c.tier, origin(t, reply).Tier)
			require.Equal(t, c.finish, reply.Finish)
		})
	}
}

// The list of tools is cut to the likeliest, in the order of the request.
func TestLikeliestTools(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *route.Config) { c.Policy.Tools = 2 })
	r.judge = func(*assistant.Request) (route.Judgement, error) {
		return route.Judgement{Tools: []string{"pay", "read_messages", "t7", "t3", "t1"}}, nil
	}
	req := ask("天为什么是蓝的")
	for _, n := range []string{"t1", "t2", "t3", "t4", "t5", "t6", "t7"} {
		req.Tools = append(req.Tools, &assistant.ToolSpec{Name: n, Description: n})
	}
	reply := r.reply(t, req)
	require.Equal(t, []string{"t3", "t7"}, toolNames(r.trusted.seen()[0]))
	require.Contains(t, reply.Dropped, assistant.Dropped{Field: "Tools", Reason: "2 of 12 are offered"})
	require.Equal(t, 2, r.book.last().Tools)

	req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolForced, Name: "t5"}
	r.reply(t, req)
	require.Contains(t, toolNames(r.trusted.seen()[1]), "t5", "a forced one is among them")
	req.ToolChoice.Name = "pay"
	require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish)
	req.ToolChoice.Name = "read_messages"
	require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish)
	req.ToolChoice = assistant.ToolChoice{Mode: assistant.ToolRequired}
	req.Tools = req.Tools[2:4] // none that may leave
	require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish, "nothing that is required may leave")
	require.Len(t, r.trusted.seen(), 2)

	call := assistant.ToolCall{ID: "c", Name: "weather", Arguments: "{}"}
	r.trusted.set(assistanttest.Calls(call))
	c := newTalk(t, r)
	for _, n := range []string{"t1", "t2", "t3"} {
		c.tools = append(c.tools, &assistant.ToolSpec{Name: n})
	}
	r.judge = nil
	c.say("问")
	r.judge = func(*assistant.Request) (route.Judgement, error) { panic("a result is not judged") }
	c.result("晴")
	seen := r.trusted.seen()
	require.Contains(t, toolNames(seen[len(seen)-1]), "weather", "what was called may be called again")
}

// Between clouds ability decides, then the place, health, and price or speed.
func TestOrderOfClouds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(c *route.Config, req *assistant.Request)
		fails  bool
		tier   string
	}{
		"cheapest": {func(*route.Config, *assistant.Request) {}, false, "cheap"},
		"quickest": {func(c *route.Config, _ *assistant.Request) { c.Policy.Prefer = "speed" }, false, "quick"},
		"nearest":  {func(c *route.Config, _ *assistant.Request) { c.Clouds[2].Place = route.Trusted }, false, "third"},
		"able": {func(c *route.Config, r *assistant.Request) {
			r.Format.Kind = assistant.FormatJSON
			c.Clouds[0].Lacks = route.JSON
		}, false, "quick"},
		"well": {func(*route.Config, *assistant.Request) {}, true, "quick"},
		"first where equal": {func(c *route.Config, _ *assistant.Request) {
			c.Clouds[1].Price, c.Clouds[1].Latency = c.Clouds[0].Price, c.Clouds[0].Latency
		}, false, "cheap"},
		"on the users word": {func(c *route.Config, _ *assistant.Request) { c.Policy.Partner.Consent = route.AskSession }, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := ask("天为什么是蓝的")
			first := says("答")
			r := newRig(t, func(cfg *route.Config) {
				cfg.Clouds = []route.Tier{
					{Name: "cheap", Place: route.Partner, Model: first, Price: 1, Latency: 2 * time.Second},
					{Name: "quick", Place: route.Partner, Model: says("答"), Price: 2, Latency: time.Second},
					{Name: "third", Place: route.Partner, Model: says("答"), Price: 3, Latency: 3 * time.Second},
				}
				c.change(cfg, req)
			})
			if c.fails {
				first.set(assistanttest.Break(&assistant.Error{Kind: assistant.ErrServer}))
				r.reply(t, req)
				first.set(assistanttest.Say("答"))
			}
			require.Equal(t, c.tier, origin(t, r.reply(t, req)).Tier)
		})
	}
}

// What a cloud lacks is known before it is asked.
func TestUnableClouds(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *route.Config) {
		for i := range c.Clouds {
			c.Clouds[i].Lacks = route.Images | route.LongText
		}
	})
	req := ask("这是什么")
	req.Messages[0].Parts = append(req.Messages[0].Parts, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}})
	require.Contains(t, r.reply(t, req).Text(), "现在可用的模型都办不了这件事。")
	require.Equal(t, route.Unable, r.book.last().Reason)
	require.NoError(t, r.SetPolicy(&route.Policy{Trusted: &route.Grant{Other: route.Send, Consent: route.AskNobody}}))
	require.Contains(t, r.reply(t, ask(string(slices.Repeat([]rune("长"), 201)))).Text(), "现在可用的模型都办不了这件事。")
}

// In an answer to a cloud's question, what is half a command goes to the cloud; a command does not.
func TestCloudDialogueCapturesNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.judge = func(req *assistant.Request) (route.Judgement, error) {
		switch req.Messages[len(req.Messages)-1].Text() {
		case "明天早上八点":
			return route.Judgement{Verdict: route.Ask, Confidence: 0.7}, nil
		case "明天早上八点叫我":
			return act("set_alarm", "{}", 0.99), nil
		}
		return route.Judgement{}, nil
	}
	r.trusted.set(assistanttest.Say("好的，您想几点出发？"))
	c := newTalk(t, r)
	c.say("帮我规划去杭州的行程")
	require.Equal(t, route.CloudDialogue, origin(t, c.say("明天早上八点")).Reason)
	require.Equal(t, "设备答。", c.say("明天早上八点叫我").Text())
	require.Equal(t, "设备答。", c.say("明天早上八点").Text(), "the device may ask again")
}

// Where all that would be called only reads, a slow device is raced by a cloud, which gets only what reads.
func TestRace(t *testing.T) {
	t.Parallel()
	slow := func(text string, after time.Duration) assistanttest.Turn {
		return func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
			return func(yield func(assistant.Chunk, error) bool) {
				select {
				case <-time.After(after):
					assistanttest.Say(text)(ctx, req)(yield)
				case <-ctx.Done():
					yield(assistant.Chunk{}, ctx.Err())
				}
			}
		}
	}
	for name, c := range map[string]struct {
		tool    string
		private bool
		device  time.Duration
		text    string
		asked   int // clouds
	}{
		"a quick device":     {"weather", false, 10 * time.Millisecond, "设备答。", 0},
		"a slow device":      {"weather", false, 900 * time.Millisecond, "可信云答。", 1},
		"a little slow":      {"weather", false, 250 * time.Millisecond, "设备答。", 1},
		"a tool that writes": {"set_alarm", false, 900 * time.Millisecond, "设备答。", 0},
		"a private request":  {"weather", true, 900 * time.Millisecond, "设备答。", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, func(cfg *route.Config) { cfg.Policy.Race = assistant.Duration{Duration: 200 * time.Millisecond} })
				r.judge = func(*assistant.Request) (route.Judgement, error) { return act(c.tool, "{}", 1), nil }
				r.marks.Private = c.private
				r.device.set(slow("设备答。", c.device))
				r.trusted.set(slow("可信云答。", 100*time.Millisecond))
				reply := r.reply(t, ask("查天气"))
				require.Equal(t, c.text, reply.Text())
				require.Len(t, r.trusted.seen(), c.asked)
				require.Equal(t, c.text == "设备答。", origin(t, reply).Place == route.Device)
				for _, req := range r.trusted.seen() {
					require.Equal(t, []string{"weather"}, toolNames(req))
				}
				require.Len(t, r.book.records, 1+c.asked)
			})
		})
	}
}

// In shadow mode the cloud answers, and what the device would have done is compared with it.
func TestShadow(t *testing.T) {
	t.Parallel()
	alarm := func(at string) assistanttest.Turn {
		return assistanttest.Call("set_alarm", `{"at": "`+at+`", "label":"x"}`)
	}
	mine := act("set_alarm", `{"label":"x","at":"8"}`, 0.99)
	for name, c := range map[string]struct {
		judge route.Judgement
		cloud assistanttest.Turn
		would route.Action
		want  route.Agreement
	}{
		"the same":       {mine, alarm("8"), route.OnDevice, route.SameCalls},
		"other time":     {mine, alarm("9"), route.OnDevice, route.OtherArgs},
		"other tool":     {mine, assistanttest.Call("weather", "{}"), route.OnDevice, route.OtherTools},
		"only words":     {mine, assistanttest.Say("好"), route.OnDevice, route.OnlyDevice},
		"not understood": {route.Judgement{}, alarm("8"), route.ToCloud, route.OnlyCloud},
		"a question":     {route.Judgement{}, assistanttest.Say("好"), route.ToCloud, route.NoCalls},
		"not sure":       {act("set_alarm", `{"label":"x","at":"8"}`, 0.7), alarm("8"), route.AskUser, route.SameCalls},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []route.Comparison
			r := newRig(t, func(cfg *route.Config) {
				cfg.Shadow = func(_ context.Context, c route.Comparison) { got = append(got, c) }
			})
			r.judge = func(*assistant.Request) (route.Judgement, error) { return c.judge, nil }
			r.trusted.set(c.cloud)
			r.reply(t, ask("明天八点叫我"))
			require.Empty(t, r.device.seen(), "the device does nothing")
			require.Len(t, got, 1)
			require.Equal(t, []any{c.want, c.would, "own", c.want == route.SameCalls}, []any{got[0].Agreement, got[0].Would, got[0].Tier, got[0].Right()})

			r.marks.Private = true
			require.NotEqual(t, "own", origin(t, r.reply(t, ask("明天八点叫我"))).Tier, "what must not leave does not")
			require.Len(t, got, 1)
		})
	}
}
