package guard_test

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// broken are classifiers that break in their own ways.
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
	var found []guard.Finding
	for i, c := range s.Text {
		if i >= s.New && c == '朤' {
			found = append(found, guard.Finding{Category: "meaning", Rule: "judging", Action: j.action, Start: i, End: i + len("朤"), Confidence: 0.9})
		}
	}
	return found, nil
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

// What is left of private data that is masked shows nothing of what a word or a classifier hides in it.
func TestMaskedDataShowsNothingThatIsHidden(t *testing.T) {
	t.Parallel()
	for _, action := range []guard.Action{guard.Redact, guard.Rewrite} {
		for text, want := range map[string]string{
			"我的邮箱是张三@qq.com": "我的邮箱是张***@qq.com",
			"我的邮箱是李四@qq.com": "我的邮箱是●●●●●●●●●", // a word
			"我的邮箱是朤三@qq.com": "我的邮箱是●●●●●●●●●", // what a classifier objects to
			"我的邮箱是张朤@qq.com": "我的邮箱是●●●●●●●●●",
		} {
			g, _ := plain(t)
			g.Private, g.Classifiers = &privacy.Detector{}, []guard.Classifier{&judging{action: action}}
			g.Stages = map[guard.Stage]guard.Policy{guard.Input: {Off: true}}
			require.Equal(t, want, stream(t, g, false, strings.Split(text, "")).final, text)
		}
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
