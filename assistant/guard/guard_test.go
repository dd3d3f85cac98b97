package guard_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// plain returns a guard with the nonsense words, and what it decides.
func plain(t *testing.T) (guard.Guard, func() []guard.Decision) {
	var mu sync.Mutex
	var decisions []guard.Decision
	g := guard.Guard{Actions: rules(), Words: []guard.Pack{pack(t, nonsense())}, Decided: func(_ context.Context, d guard.Decision) {
		mu.Lock()
		defer mu.Unlock()
		decisions = append(decisions, d)
	}}
	return g, func() []guard.Decision {
		mu.Lock()
		defer mu.Unlock()
		return decisions
	}
}

func TestEveryActionAtEveryStage(t *testing.T) {
	t.Parallel()
	for _, stage := range profile.Stages() {
		for word, want := range map[string]struct {
			action guard.Action
			text   string
		}{
			"平常":          {guard.Allow, "说平常吧"},
			hidden:        {guard.Redact, "说●●吧"},
			replaced:      {guard.Rewrite, "说（略）吧"},
			answered:      {guard.SafeAnswer, "抱歉，这个问题我不能回答。"},
			blocked:       {guard.Block, "抱歉，这个问题我不能回答。"},
			blocked + "龖": {guard.Escalate, "抱歉，这个问题我不能回答。"},
		} {
			g, _ := plain(t)
			text, d, err := g.Check(t.Context(), stage, "说"+word+"吧")
			require.NoError(t, err)
			require.Equal(t, want.text, text, "%s at %s", word, stage)
			require.Equal(t, want.action, d.Action, "%s at %s", word, stage)
			require.Equal(t, stage, d.Stage)
			if want.action != guard.Allow {
				require.Equal(t, "nonsense", d.Findings[0].Rule)
				require.Equal(t, len("说"), d.Findings[0].Start)
			}
		}
	}
}

func TestActionsOfAProfile(t *testing.T) {
	t.Parallel()
	p, err := profile.Open("gbt-45654-2025")
	require.NoError(t, err)
	words := pack(t, match.Config{Words: []match.Word{
		{Text: "甲玎", Category: "A.1.f"}, {Text: "乙玎", Category: "A.2.e"}, {Text: "丙玎", Category: "A.5.a"}, {Text: "丁玎", Category: "Z"}, {Text: "戊玎"},
	}})
	g := guard.Guard{Profile: p, Words: []guard.Pack{words}, Private: &privacy.Detector{},
		Answers: map[string]string{"A.2": "我们平等待人。", "A.2.f": "不", "*": "换个话题吧。"}}
	for text, want := range map[string]struct {
		action guard.Action
		out    string
	}{
		"甲玎": {guard.Block, "换个话题吧。"}, "乙玎": {guard.SafeAnswer, "我们平等待人。"}, "丙玎": {guard.Allow, "丙玎"}, "丁玎": {guard.Block, "换个话题吧。"},
		"戊玎": {guard.Block, "换个话题吧。"}, "手机13812345678": {guard.Redact, "手机138****5678"},
	} {
		out, d, err := g.Check(t.Context(), guard.Output, text)
		require.NoError(t, err)
		require.Equal(t, want.action, d.Action, text)
		require.Equal(t, want.out, out)
	}
	_, d, err := g.Check(t.Context(), guard.Input, "手机13812345678")
	require.NoError(t, err)
	require.Equal(t, guard.Allow, d.Action)

	g.Actions = []profile.Rule{{Categories: []string{"A.1"}, Stages: []guard.Stage{guard.Output}, Action: guard.Redact}, {Categories: []string{"*"}, Action: guard.Allow}}
	out, _, err := g.Check(t.Context(), guard.Output, "甲玎乙玎丁玎")
	require.NoError(t, err)
	require.Equal(t, "我们平等待人。", out, "one's own rules come first, but for what they do not name")
	out, _, err = g.Check(t.Context(), guard.Output, "甲玎丁玎")
	require.NoError(t, err)
	require.Equal(t, "●●丁玎", out)
}

func TestInputIsStoppedBeforeTheModel(t *testing.T) {
	t.Parallel()
	g, decisions := plain(t)
	script := assistanttest.Script(assistanttest.Say("好"))
	a := &assistant.Assistant{Model: g.Wrap(script), Sessions: assistant.NewMemory()}
	var events []assistant.Event
	for ev, err := range a.Run(t.Context(), "s", assistant.User("说说"+blocked)) {
		require.NoError(t, err)
		events = append(events, ev)
	}
	require.Empty(t, script.Requests())
	require.Equal(t, "抱歉，这个问题我不能回答。", events[0].(*assistant.Retracted).Replacement)
	require.Equal(t, assistant.FinishRefusal, events[1].(*assistant.Done).Reply.Finish)
	s, err := a.Sessions.Load(t.Context(), "s")
	require.NoError(t, err)
	require.Empty(t, s.Messages, "what was stopped does not stay in the history")
	require.Equal(t, "block", decisions()[0].Findings[0].Category)
	answer, err := a.Ask(t.Context(), "说说"+hidden)
	require.NoError(t, err)
	require.Equal(t, "好", answer)
	require.Equal(t, "说说●●", script.Requests()[0].Messages[0].Text())
}

func TestReasoningAndCallsAreChecked(t *testing.T) {
	t.Parallel()
	g, _ := plain(t)
	reply := ask(t, g.Wrap(assistanttest.Script(assistanttest.Chunks(
		assistant.Chunk{Reasoning: "想" + hidden[:3]}, assistant.Chunk{Reasoning: hidden[3:] + "想"}, assistant.Chunk{Text: hidden},
		assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f", Arguments: `{"a":"\u752a玎","n":1}`}}},
		assistant.Chunk{Parts: []assistant.Part{assistant.Citation{Title: hidden, URL: "https://example.com"}}, Finish: assistant.FinishToolCalls}))), request(assistant.User("好")))
	require.Equal(t, "想●●想", reply.Message.Reasoning())
	require.Equal(t, "●●", reply.Text())
	require.Equal(t, `{"a":"●●","n":1}`, reply.ToolCalls()[0].Arguments)
	require.Equal(t, "●●", reply.Message.Citations()[0].Title)

	for name, k := range map[string]assistant.Chunk{
		"reasoning": {Reasoning: blocked},
		"text":      {Text: blocked},
		"arguments": {ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f", Arguments: `{"a":"` + blocked + `"}`}}},
		"citation":  {Parts: []assistant.Part{assistant.Citation{Snippet: blocked}}},
		"at last":   {Retract: &assistant.Retraction{Replacement: "又是" + blocked}},
	} {
		reply := ask(t, g.Wrap(assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "好，"},
			assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "0", Name: "g", Arguments: "{}"}}}, k, assistant.Chunk{Finish: assistant.FinishStop}))), request(assistant.User("好")))
		require.Equal(t, "抱歉，这个问题我不能回答。", reply.Text(), name)
		require.Empty(t, reply.ToolCalls(), "%s: what was called before does not run", name)
	}
}

func TestResultsOfTools(t *testing.T) {
	t.Parallel()
	g, decisions := plain(t)
	g.Retrievers = []string{"search"}
	script := assistanttest.Script(assistanttest.Say("好"))
	ask(t, g.Wrap(script), request(assistant.User("查"), assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{
		assistant.ToolCall{ID: "1", Name: "search", Arguments: "{}"}, assistant.ToolCall{ID: "2", Name: "mail", Arguments: "{}"}}},
		assistant.Results(
			assistant.ToolResult{ID: "1", Name: "search", Parts: []assistant.Part{assistant.Text{Text: "有" + hidden}}},
			assistant.ToolResult{ID: "2", Name: "mail", Parts: []assistant.Part{assistant.Text{Text: "有" + blocked}}})))
	results := script.Requests()[0].Messages[2].ToolResults()
	require.Equal(t, "有●●", results[0].Text())
	require.Equal(t, "（这段内容不宜展示，已略去）", results[1].Text(), "the model goes on without")
	stages := make(map[guard.Stage]guard.Action)
	for _, d := range decisions() {
		stages[d.Stage] = d.Action
	}
	require.Equal(t, guard.Redact, stages[guard.Retrieved])
	require.Equal(t, guard.Block, stages[guard.ToolResult])
}

func TestGuardedTools(t *testing.T) {
	t.Parallel()
	type in struct {
		Text string `json:"text"`
	}
	var ran []string
	g, _ := plain(t)
	echo := g.Tools(assistant.MustTool(assistant.ToolSpec{Name: "echo", Description: "回声"}, func(_ context.Context, i in) (string, error) {
		ran = append(ran, i.Text)
		if strings.HasPrefix(i.Text, "错") {
			return "", errors.New("坏了：" + hidden)
		}
		return map[bool]string{true: blocked, false: hidden}[i.Text == "坏"], nil
	}))[0]
	require.Equal(t, "echo", echo.Spec().Name)
	call := func(text string) (string, error) {
		parts, err := echo.Call(t.Context(), assistant.ToolCall{Name: "echo", Arguments: `{"text":"` + text + `"}`})
		return assistant.ToolResult{Parts: parts}.Text(), err
	}
	out, err := call("好" + hidden)
	require.NoError(t, err)
	require.Equal(t, "●●", out)
	out, err = call("坏")
	require.NoError(t, err)
	require.Equal(t, "（这段内容不宜展示，已略去）", out)
	_, err = call("错")
	require.EqualError(t, err, "坏了：●●")
	_, err = call("说" + blocked)
	require.ErrorContains(t, err, "not allowed (guard: tool_arguments: block)")
	require.Equal(t, []string{"好●●", "坏", "错"}, ran)
}

func TestObserveChangesNothing(t *testing.T) {
	t.Parallel()
	g, decisions := plain(t)
	g.Stages = map[guard.Stage]guard.Policy{guard.Input: {Mode: guard.Observe}, guard.Output: {Mode: guard.Observe}}
	text := "有" + blocked + "和" + hidden
	require.Equal(t, text, stream(t, g, false, strings.Split(text, "")).final)
	require.Len(t, decisions(), 3)
	last := decisions()[2]
	require.Equal(t, guard.Allow, last.Action)
	require.Equal(t, []guard.Action{guard.Block, guard.Redact}, []guard.Action{last.Findings[0].Action, last.Findings[1].Action})
}

func TestWordsAreReplacedWhileInUse(t *testing.T) {
	t.Parallel()
	var words atomic.Pointer[match.Matcher]
	g := guard.Guard{Words: []guard.Pack{{Load: words.Load}}}
	m := g.Wrap(assistanttest.Script(assistanttest.Say(blocked), assistanttest.Say(blocked)))
	require.Equal(t, blocked, ask(t, m, request(assistant.User("好"))).Text())
	words.Store(pack(t, nonsense()).Load())
	require.Equal(t, assistant.FinishRefusal, ask(t, m, request(assistant.User("好"))).Finish)
}

func TestGuardAndMedia(t *testing.T) {
	t.Parallel()
	picture := assistant.Image{Media: assistant.Media{Data: []byte("x"), MIME: "image/png"}}
	in := request(assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, picture}})
	out := assistanttest.Chunks(assistant.Chunk{Meta: &assistant.Meta{ID: "x"}}, assistant.Chunk{Parts: []assistant.Part{picture}}, assistant.Chunk{Finish: assistant.FinishStop})

	_, err := assistant.Generate(t.Context(), guard.Guard{}.Wrap(assistanttest.Script(out)), in)
	require.ErrorIs(t, err, guard.ErrMedia)
	_, err = assistant.Generate(t.Context(), guard.Guard{}.Wrap(assistanttest.Script(out)), request(assistant.User("画")))
	require.ErrorIs(t, err, guard.ErrMedia)

	script := assistanttest.Script(out)
	reply := ask(t, guard.Guard{Media: guard.DropMedia}.Wrap(script), in)
	require.Len(t, script.Requests()[0].Messages[0].Parts, 1)
	require.Empty(t, reply.Message.Parts)
	require.Len(t, reply.Dropped, 2, "what is left out of the reply is told too")
	require.Equal(t, "x", reply.ID)

	m := &moderator{verdict: assistant.Verdict{Action: assistant.Pass}}
	g := guard.Guard{Media: guard.PassMedia, Classifiers: []guard.Classifier{guard.Moderated{Moderator: m}}}
	reply = ask(t, g.Wrap(assistanttest.Script(out)), in)
	require.Equal(t, []assistant.Part{picture}, reply.Message.Parts)
	require.Equal(t, []assistant.Part{assistant.Text{Text: "看"}, picture, picture}, m.parts)
	m.verdict.Action = assistant.Block
	require.Equal(t, assistant.FinishRefusal, ask(t, g.Wrap(assistanttest.Script(out)), in).Finish)
}

// What had come of a reply that broke off is decided on as it stands.
func TestBrokenReplies(t *testing.T) {
	t.Parallel()
	lost := &assistant.Error{Kind: assistant.ErrNetwork, Delivered: true}
	for name, c := range map[string]struct {
		text, want string
		stopped    bool
	}{
		"half a word": {"好" + hidden[:3], "好" + hidden[:3], false},
		"a word":      {"好" + hidden, "好●●", false},
		"a bad word":  {"好" + blocked, "抱歉，这个问题我不能回答。", true},
	} {
		for _, turn := range []assistanttest.Turn{assistanttest.Break(lost, assistant.Chunk{Text: c.text}), assistanttest.Chunks(assistant.Chunk{Text: c.text})} {
			g, _ := plain(t)
			reply, err := assistant.Generate(t.Context(), g.Wrap(assistanttest.Script(turn)), request(assistant.User("好")))
			require.Equal(t, c.want, reply.Text(), name)
			require.Equal(t, c.stopped, err == nil, name)
			require.False(t, assistant.Retryable(err), name)
		}
	}
}

// Nothing is yielded to a caller who has left, and the vendor's stream ends with him.
func TestLeavingTheLoop(t *testing.T) {
	t.Parallel()
	for n := range 12 {
		ended := false
		source := modelFunc(func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
			return func(yield func(assistant.Chunk, error) bool) {
				defer func() { ended = true }()
				for _, k := range []assistant.Chunk{{Reasoning: "想"}, {Text: "好" + hidden[:3]}, {Usage: &assistant.Usage{}}, {Parts: []assistant.Part{assistant.Citation{}}},
					{Text: hidden[3:] + "好"}, {Meta: &assistant.Meta{}}, {Text: "坏" + blocked}, {Finish: assistant.FinishStop}} {
					if !yield(k, nil) {
						return
					}
				}
				yield(assistant.Chunk{}, errors.New("late"))
			}
		})
		g, _ := plain(t)
		seen := 0
		for range g.Wrap(guard.Mask{}.Wrap(source)).Stream(t.Context(), request(assistant.User("好"))) {
			if seen++; seen > n {
				break
			}
		}
		require.True(t, ended)
	}
}

// A caller who brings a history of his own cannot hide anything in it.
func TestForgedHistory(t *testing.T) {
	t.Parallel()
	g, _ := plain(t)
	g.Classifiers = []guard.Classifier{&judging{}}
	script := assistanttest.Script(assistanttest.Say("好"))
	ask(t, g.Wrap(script), request(assistant.User("说说"+blocked+"和朤"), assistant.Answer("好的"), assistant.User("继续")))
	require.Equal(t, "说说●●和●", script.Requests()[0].Messages[0].Text())
}

// What a model reads as one text is checked as one.
func TestPartsAreReadTogether(t *testing.T) {
	t.Parallel()
	message := func(texts ...string) *assistant.Request {
		m := assistant.Message{Role: assistant.RoleUser}
		for _, text := range texts {
			m.Parts = append(m.Parts, assistant.Text{Text: text})
		}
		return request(m)
	}
	g, _ := plain(t)
	require.Equal(t, assistant.FinishRefusal, ask(t, g.Wrap(assistanttest.Script()), message("好"+blocked[:3], blocked[3:])).Finish)
	script := assistanttest.Script(assistanttest.Say("好"), assistanttest.Say("好"))
	ask(t, g.Wrap(script), message("好"+hidden[:3], hidden[3:]+"好", "好"))
	require.Equal(t, message("好●", "●好", "好").Messages, script.Requests()[0].Messages)
	ask(t, guard.Mask{}.Wrap(script), message("手机1381234", "5678，好", "好"))
	require.Equal(t, message("手机〔手机号1〕，好好").Messages, script.Requests()[1].Messages)
	script = assistanttest.Script(assistanttest.Say("好"), assistanttest.Say("好"))
	ask(t, guard.Mask{}.Wrap(script), message("手机13812345678", "，好", "好"))
	require.Equal(t, message("手机〔手机号1〕", "，好", "好").Messages, script.Requests()[0].Messages)
	mixed := message("a", "b")
	mixed.Messages[0].Parts[0] = assistant.Image{Media: assistant.Media{FileID: "f"}}
	mixed.Messages[0].Parts = append(mixed.Messages[0].Parts, message("手机1381234", "5678").Messages[0].Parts...)
	ask(t, guard.Mask{Media: guard.DropMedia}.Wrap(script), mixed)
	require.Equal(t, message("b手机〔手机号1〕").Messages, script.Requests()[1].Messages)
}
