package guard_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

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

// slow, failing and panicking are classifiers that break in their own ways.
var broken = map[string]guard.Classifier{
	"fails":  guard.ClassifierFunc(func(context.Context, guard.Sample) ([]guard.Finding, error) { return nil, errors.New("gone") }),
	"panics": guard.ClassifierFunc(func(context.Context, guard.Sample) ([]guard.Finding, error) { panic("oh") }),
	"hangs": guard.ClassifierFunc(func(ctx context.Context, _ guard.Sample) ([]guard.Finding, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}),
}

func TestAFailingCheckIsOpenOrClosedAsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range broken {
		for _, stage := range profile.Stages() {
			synctest.Test(t, func(t *testing.T) {
				g, _ := plain(t)
				g.Classifiers = []guard.Classifier{c}
				began := time.Now()
				out, d, err := g.Check(t.Context(), stage, "好")
				require.NoError(t, err)
				require.Equal(t, guard.Block, d.Action, "%s at %s", name, stage)
				require.Equal(t, guard.Unavailable, d.Findings[0].Category)
				require.Equal(t, "抱歉，内容检查暂时不可用，请稍后再试。", out)
				require.Len(t, d.Errors, 1)
				require.LessOrEqual(t, time.Since(began), 2*time.Second)

				g.Stages = map[guard.Stage]guard.Policy{stage: {FailOpen: true, Budget: time.Millisecond}}
				began = time.Now()
				out, d, err = g.Check(t.Context(), stage, "好"+hidden)
				require.NoError(t, err)
				require.Equal(t, "好●●", out, "%s at %s: the words still count", name, stage)
				require.Len(t, d.Errors, 1)
				require.LessOrEqual(t, time.Since(began), time.Millisecond)
			})
		}
	}
}

func TestCancellingEndsACheck(t *testing.T) {
	t.Parallel()
	g, _ := plain(t)
	g.Classifiers = []guard.Classifier{broken["hangs"]}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := g.Check(ctx, guard.Input, "好")
	require.ErrorIs(t, err, context.Canceled)
	_, err = assistant.Generate(ctx, g.Wrap(assistanttest.Script()), request(assistant.User("好")))
	require.ErrorIs(t, err, context.Canceled)
}

// judging is a classifier that objects to a nonsense word of its own, and keeps what it was shown.
type judging struct {
	mu      sync.Mutex
	samples []guard.Sample
	action  guard.Action
}

func (j *judging) Classify(_ context.Context, s guard.Sample) ([]guard.Finding, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.samples = append(j.samples, s)
	if i := strings.Index(s.Text[s.New:], "朤"); i >= 0 {
		return []guard.Finding{{Category: "meaning", Rule: "judging", Action: j.action, Start: s.New + i, End: s.New + i + len("朤"), Confidence: 0.9}}, nil
	}
	return nil, nil
}

func TestClassifiersJudgeSentences(t *testing.T) {
	t.Parallel()
	text := "第一句。第二句很长很长！第三" + hidden + "句朤。第四句"
	for _, pieces := range [][]string{{text}, strings.Split(text, ""), {text[:20], text[20:]}} {
		j := &judging{action: guard.Redact}
		g, _ := plain(t)
		g.Classifiers = []guard.Classifier{j}
		g.Stages = map[guard.Stage]guard.Policy{guard.Input: {Off: true}}
		require.Equal(t, "第一句。第二句很长很长！第三●●句●。第四句", stream(t, g, false, pieces).final)
		var news []string
		for _, s := range j.samples {
			require.True(t, strings.HasPrefix(text, s.Text), "with what stands before it")
			news = append(news, s.Text[s.New:])
		}
		require.Equal(t, []string{"第一句。", "第二句很长很长！", "第三" + hidden + "句朤。", "第四句"}, news)
		require.True(t, j.samples[3].Final)
	}
}

func TestWhatAClassifierObjectsToIsHeldOrWithdrawn(t *testing.T) {
	t.Parallel()
	pieces := strings.Split("第一句。第二句有朤。第三句。", "")
	run := func(mode guard.Mode, unit int) streamed {
		g, _ := plain(t)
		g.Classifiers = []guard.Classifier{&judging{}}
		g.Stages = map[guard.Stage]guard.Policy{guard.Output: {Mode: mode, Unit: unit}}
		return stream(t, g, false, pieces)
	}
	refused := "抱歉，这个问题我不能回答。"
	require.Equal(t, streamed{"第一句。", refused, true, assistant.FinishRefusal}, run(guard.Hold, 0))
	require.Equal(t, streamed{"第一句。第二句有朤", refused, true, assistant.FinishRefusal}, run(guard.Retract, 10))
	require.Equal(t, streamed{"第一句。第二句有朤。第三句。", refused, true, assistant.FinishRefusal}, run(guard.Retract, 0), "the last look")
	require.Equal(t, "第一句。第二句有朤。第三句。", run(guard.Observe, 0).final)
}

// A sentence that does not come to its end is judged after a while as far as it came; but never is a word cut in two.
func TestHeldTextIsJudgedAfterAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := &judging{}
		g, _ := plain(t)
		g.Classifiers = []guard.Classifier{j}
		g.Stages = map[guard.Stage]guard.Policy{guard.Input: {Off: true}, guard.Output: {MaxHold: time.Second}}
		slow := modelFunc(func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
			return func(yield func(assistant.Chunk, error) bool) {
				for _, piece := range []string{"很长", "的" + hidden[:3], hidden[3:] + "一", "完"} {
					time.Sleep(600 * time.Millisecond)
					if !yield(assistant.Chunk{Text: piece}, nil) {
						return
					}
				}
				yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
			}
		})
		var shown []string
		for k, err := range g.Wrap(slow).Stream(t.Context(), request(assistant.User("好"))) {
			require.NoError(t, err)
			shown = append(shown, k.Text)
		}
		require.Equal(t, []string{"很长的●", "●一完"}, shown)
	})
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

// In a conversation, nothing is judged twice by those who cost money.
func TestHistoryIsNotJudgedAgain(t *testing.T) {
	t.Parallel()
	j := &judging{}
	g, _ := plain(t)
	g.Classifiers = []guard.Classifier{j}
	g.Stages = map[guard.Stage]guard.Policy{guard.Output: {Off: true}, guard.ToolArguments: {Off: true}}
	tool := assistant.MustTool(assistant.ToolSpec{Name: "look", Description: "看"}, func(context.Context, struct{}) (string, error) { return "看到了", nil })
	script := assistanttest.Script(assistanttest.Call("look", "{}"), assistanttest.Say("好"), assistanttest.Say("好"))
	a := &assistant.Assistant{Model: g.Wrap(script), Tools: []assistant.Tool{tool}, Sessions: assistant.NewMemory()}
	for _, text := range []string{"第一问" + hidden, "第二问"} {
		for _, err := range a.Run(t.Context(), "s", assistant.User(text)) {
			require.NoError(t, err)
		}
	}
	var seen []string
	for _, s := range j.samples {
		seen = append(seen, s.Text)
	}
	require.Equal(t, []string{"第一问" + hidden, "看到了", "第二问"}, seen)
	require.Equal(t, "第一问●●", script.Requests()[2].Messages[0].Text(), "but what is hidden stays hidden")
}

type moderator struct {
	verdict assistant.Verdict
	parts   []assistant.Part
}

func (m *moderator) Moderate(_ context.Context, parts []assistant.Part) (assistant.Verdict, error) {
	m.parts = append(m.parts, parts...)
	return m.verdict, nil
}

func TestModerators(t *testing.T) {
	t.Parallel()
	p, err := profile.Open("tc260-003-2024")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		verdict assistant.Verdict
		action  guard.Action
		text    string
	}{
		"pass":           {assistant.Verdict{Action: assistant.Pass}, guard.Allow, "好"},
		"review":         {assistant.Verdict{Action: assistant.Review, Categories: []string{"odd"}}, guard.Escalate, "抱歉，这个问题我不能回答。"},
		"block":          {assistant.Verdict{Action: assistant.Block}, guard.Block, "抱歉，这个问题我不能回答。"},
		"safe answer":    {assistant.Verdict{Action: assistant.Block, Safe: "我们聊点别的。"}, guard.SafeAnswer, "我们聊点别的。"},
		"known category": {assistant.Verdict{Action: assistant.Block, Categories: []string{"x", "insult"}}, guard.SafeAnswer, "抱歉，这个问题我不能回答。"},
		"not understood": {assistant.Verdict{Action: "maybe"}, guard.Block, "抱歉，内容检查暂时不可用，请稍后再试。"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := guard.Guard{Profile: p, Classifiers: []guard.Classifier{guard.Moderated{Moderator: &moderator{verdict: c.verdict}, Categories: map[string]string{"insult": "A.4.c"}}}}
			text, d, err := g.Check(t.Context(), guard.Output, "好")
			require.NoError(t, err)
			require.Equal(t, c.text, text)
			require.Equal(t, c.action, d.Action)
		})
	}
}

func TestGuardAndMedia(t *testing.T) {
	t.Parallel()
	picture := assistant.Image{Media: assistant.Media{Data: []byte("x"), MIME: "image/png"}}
	in := request(assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "看"}, picture}})
	out := assistanttest.Chunks(assistant.Chunk{Parts: []assistant.Part{picture}, Finish: assistant.FinishStop})

	_, err := assistant.Generate(t.Context(), guard.Guard{}.Wrap(assistanttest.Script(out)), in)
	require.ErrorIs(t, err, guard.ErrMedia)
	_, err = assistant.Generate(t.Context(), guard.Guard{}.Wrap(assistanttest.Script(out)), request(assistant.User("画")))
	require.ErrorIs(t, err, guard.ErrMedia)

	script := assistanttest.Script(out)
	reply := ask(t, guard.Guard{Media: guard.DropMedia}.Wrap(script), in)
	require.Len(t, script.Requests()[0].Messages[0].Parts, 1)
	require.Empty(t, reply.Message.Parts)
	require.Len(t, reply.Dropped, 2)

	m := &moderator{verdict: assistant.Verdict{Action: assistant.Pass}}
	g := guard.Guard{Media: guard.PassMedia, Classifiers: []guard.Classifier{guard.Moderated{Moderator: m}}}
	reply = ask(t, g.Wrap(assistanttest.Script(out)), in)
	require.Equal(t, []assistant.Part{picture}, reply.Message.Parts)
	require.Equal(t, []assistant.Part{assistant.Text{Text: "看"}, picture, picture}, m.parts)
	m.verdict.Action = assistant.Block
	require.Equal(t, assistant.FinishRefusal, ask(t, g.Wrap(assistanttest.Script(out)), in).Finish)
}
