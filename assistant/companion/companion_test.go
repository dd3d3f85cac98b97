package companion

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// markers are a detector for stand-ins of what people say in need.
type markers struct{ err error }

func (d markers) Detect(_ context.Context, text string) (Level, error) {
	switch {
	case d.err != nil:
		return Calm, d.err
	case strings.Contains(text, "〔危〕"):
		return Endangered, nil
	case strings.Contains(text, "〔愁〕"):
		return Distressed, nil
	}
	return Calm, nil
}

// A talk is one person's conversation with a watched model, with a clock of its own.
type talk struct {
	t       *testing.T
	now     time.Time
	model   assistant.Model
	asked   []*assistant.Request
	notices []Notice
	called  []Crisis
	failing error // of the contact
}

func newTalk(t *testing.T, w Watch, silent bool) *talk {
	k := &talk{t: t, now: time.Date(2026, 3, 5, 9, 0, 0, 0, usage.China)}
	turn := func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		k.asked = append(k.asked, req)
		return assistanttest.Say("嗯嗯。")(ctx, req)
	}
	turns := make([]assistanttest.Turn, 100)
	for i := range turns {
		turns[i] = turn
	}
	w.Clock = &usage.Clock{Now: func() time.Time { return k.now }}
	w.Contact = func(_ context.Context, c Crisis) error {
		k.called = append(k.called, c)
		return k.failing
	}
	if !silent {
		w.Notify = func(_ context.Context, n Notice) { k.notices = append(k.notices, n) }
	}
	k.model = w.Wrap(assistanttest.Script(turns...))
	return k
}

func (k *talk) say(text string) string {
	k.t.Helper()
	r, err := assistant.Generate(k.t.Context(), k.model, &assistant.Request{User: "小林", Messages: []assistant.Message{assistant.User(text)}})
	require.NoError(k.t, err)
	return r.Text()
}

func TestReminderAfterTwoHours(t *testing.T) {
	t.Parallel()
	for name, silent := range map[string]bool{"before the answer": true, "by a notice": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t, Watch{}, silent)
			reminded := 0
			for range 25 { // four hours, every ten minutes
				answer := k.say("你好")
				if silent && strings.Contains(answer, "我是人工智能") {
					reminded++
				}
				k.now = k.now.Add(10 * time.Minute)
			}
			if !silent {
				for _, n := range k.notices {
					require.Equal(t, Reminder, n.Kind)
					reminded++
				}
			}
			require.Equal(t, 2, reminded)
		})
	}
	t.Run("a break begins anew", func(t *testing.T) {
		t.Parallel()
		k := newTalk(t, Watch{}, false)
		for range 11 {
			k.say("你好")
			k.now = k.now.Add(10 * time.Minute)
		}
		k.now = k.now.Add(time.Hour)
		for range 11 {
			k.say("你好")
			k.now = k.now.Add(10 * time.Minute)
		}
		require.Empty(t, k.notices)
	})
	t.Run("never inside JSON", func(t *testing.T) {
		t.Parallel()
		k := newTalk(t, Watch{Every: time.Nanosecond}, true)
		k.say("你好")
		k.now = k.now.Add(time.Minute)
		r, err := assistant.Generate(t.Context(), k.model, &assistant.Request{
			User: "小林", Format: assistant.Format{Kind: assistant.FormatJSON}, Messages: []assistant.Message{assistant.User("你好")},
		})
		require.NoError(t, err)
		require.Equal(t, "嗯嗯。", r.Text())
		require.Contains(t, k.say("你好"), "人工智能", "it comes with the next answer that is text")
	})
}

func TestExitIsHonouredAtOnce(t *testing.T) {
	t.Parallel()
	k := newTalk(t, Watch{}, false)
	answer := k.say("好的，我先走了，拜拜！")
	require.Equal(t, "好的，再见。", answer)
	require.Empty(t, Pleading(answer))
	require.Empty(t, k.asked, "the model is not asked")
	require.Equal(t, Exit, k.notices[0].Kind)
}

func TestIsExit(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"再见": true, "拜拜啦": true, "那就再见吧": true, "退出": true, "不聊了": true, "我睡了，晚安": true, "Bye!": true, "好的，谢谢，再见": true, "結束對話": true,
		"再见这个词怎么写": false, "退出群聊怎么操作": false, "他说再见": false, "谢谢": false, "好的": false, "": false, "停车场在哪": false, "我走了三公里": false,
	} {
		require.Equal(t, want, IsExit(said), said)
	}
}

func TestCrisis(t *testing.T) {
	t.Parallel()
	k := newTalk(t, Watch{Detect: markers{}}, false)
	require.Equal(t, "嗯嗯。", k.say("〔愁〕"))
	require.Contains(t, k.asked[0].Messages[0].Text(), "12356", "the model is told to be careful")
	require.Empty(t, k.called)

	require.Contains(t, k.say("〔危〕"), "12356")
	require.Len(t, k.asked, 1, "the model is not asked")
	require.Equal(t, []Crisis{{"小林", k.now}}, k.called)
	k.now = k.now.Add(time.Minute)
	k.say("〔危〕")
	require.Len(t, k.called, 1, "at most once a day")

	k.now = k.now.Add(time.Hour)
	k.say("今天天气不错")
	require.Equal(t, assistant.RoleSystem, k.asked[1].Messages[0].Role, "the model stays careful")
	k.now = k.now.Add(25 * time.Hour)
	k.say("今天天气不错")
	require.Equal(t, assistant.RoleUser, k.asked[2].Messages[0].Role)
	k.say("〔危〕")
	require.Len(t, k.called, 2)
}

func TestContactThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	k := newTalk(t, Watch{Detect: markers{}}, false)
	k.failing = errors.New("no signal")
	require.Contains(t, k.say("〔危〕"), "12356", "the person is answered all the same")
	require.Equal(t, ContactFailed, k.notices[1].Kind)
	require.ErrorIs(t, k.notices[1].Err, k.failing)
	k.failing = nil
	k.say("〔危〕")
	k.say("〔危〕")
	require.Len(t, k.called, 2)
}

func TestDetectorThatFailsCountsAsDistress(t *testing.T) {
	t.Parallel()
	k := newTalk(t, Watch{Detect: markers{err: errors.New("down")}}, false)
	require.Equal(t, "嗯嗯。", k.say("你好"))
	require.Contains(t, k.asked[0].Messages[0].Text(), "12356")
	require.Equal(t, DetectFailed, k.notices[0].Kind)
}

func TestToolResultsAreNotThePersonsWords(t *testing.T) {
	t.Parallel()
	k := newTalk(t, Watch{Detect: markers{}}, false)
	_, err := assistant.Generate(t.Context(), k.model, &assistant.Request{User: "小林", Messages: []assistant.Message{
		assistant.User("你好"), assistant.Results(assistant.ToolResult{ID: "1", Parts: []assistant.Part{assistant.Text{Text: "〔危〕"}}}),
	}})
	require.NoError(t, err)
	require.Empty(t, k.called)
}

// downStore never answers.
type downStore struct{}

func (downStore) Update(context.Context, string, func(*usage.Usage)) (usage.Usage, error) {
	return usage.Usage{}, errors.New("no connection")
}

func TestClockThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	m := Watch{Clock: &usage.Clock{Store: downStore{}}}.Wrap(assistanttest.Script(assistanttest.Say("嗯")))
	_, err := assistant.Generate(t.Context(), m, &assistant.Request{User: "小林", Messages: []assistant.Message{assistant.User("你好")}})
	require.ErrorContains(t, err, "no connection")
}

// Neither a store that is down nor a connection that is gone stands between somebody in danger and help.
func TestDangerIsAnsweredWhateverFails(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx   context.Context
		clock *usage.Clock
		err   string
	}{
		"store down":      {t.Context(), &usage.Clock{Store: downStore{}}, "no connection"},
		"connection gone": {ended, new(usage.Clock), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reached := 0
			var notices []Notice
			m := Watch{Clock: c.clock, Detect: markers{}, Notify: func(_ context.Context, n Notice) { notices = append(notices, n) },
				Contact: func(ctx context.Context, _ Crisis) error { reached++; return ctx.Err() }}.Wrap(assistanttest.Script())
			r, err := assistant.Generate(c.ctx, m, &assistant.Request{User: "小林", Messages: []assistant.Message{assistant.User("〔危〕")}})
			require.NoError(t, err)
			require.Contains(t, r.Text(), "12356")
			require.Equal(t, 1, reached)
			require.Len(t, notices, 1)
			if c.err != "" {
				require.ErrorContains(t, notices[0].Err, c.err)
			}
		})
	}
}

func TestNobodyIsNotCounted(t *testing.T) {
	t.Parallel()
	m := Watch{Clock: &usage.Clock{Store: downStore{}}}.Wrap(assistanttest.Script(assistanttest.Say("嗯")))
	_, err := assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	require.NoError(t, err)
}

func TestNobodyIsNotLeftAlone(t *testing.T) {
	t.Parallel()
	script := assistanttest.Script(assistanttest.Say("嗯"))
	m := Watch{Detect: markers{}, Contact: func(context.Context, Crisis) error { return errors.New("of whom?") }}.Wrap(script)
	say := func(text string) string {
		r, err := assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User(text)}})
		require.NoError(t, err)
		return r.Text()
	}
	require.Contains(t, say("〔危〕"), "12356")
	require.Equal(t, "嗯", say("〔愁〕"))
	require.Contains(t, script.Requests()[0].Messages[0].Text(), "12356")
}

func TestPleading(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"再聊一会"}, Pleading("这么早？再聊一会嘛"))
	require.Empty(t, Pleading("好的，再见。"))
}

func Example() {
	model := Watch{}.Wrap(assistanttest.Script())
	r, err := assistant.Generate(context.Background(), model, &assistant.Request{
		User: "user-42", Messages: []assistant.Message{assistant.User("不聊了，晚安")},
	})
	fmt.Println(r.Text(), err)
	// Output: 好的，再见。 <nil>
}
