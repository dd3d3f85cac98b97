package abuse_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/abuse"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
)

const (
	stopped = "说说龘龗"
	fine    = "你好"
)

func guarded(t testing.TB, l *abuse.Ladder, replies int) assistant.Model {
	words, err := match.New(match.Config{Words: []match.Word{{Text: "龘龗", Category: "A.1.g"}}})
	require.NoError(t, err)
	turns := make([]assistanttest.Turn, replies)
	for i := range turns {
		turns[i] = assistanttest.Say("好")
	}
	return l.Wrap(guard.Guard{Words: []guard.Pack{{Load: guard.Fixed(words)}}, Answers: map[string]string{"*": "不行。"}}.Wrap(assistanttest.Script(turns...)))
}

func ask(t testing.TB, m assistant.Model, user, text string) string {
	reply, err := assistant.Generate(t.Context(), m, &assistant.Request{User: user, Messages: []assistant.Message{assistant.User(text)}})
	require.NoError(t, err)
	return reply.Text()
}

func shipped(t testing.TB) profile.Abuse {
	p, err := profile.Open("tc260-003-2024")
	require.NoError(t, err)
	return p.Abuse
}

func TestThreeInARow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var states []string
		l := &abuse.Ladder{Limits: shipped(t), Records: new(abuse.Memory), Changed: func(_ context.Context, who string, s abuse.State) {
			states = append(states, who+" "+s.String())
		}}
		m := guarded(t, l, 99)
		require.Equal(t, "好", ask(t, m, "a", fine))
		require.Equal(t, "不行。请注意：多次提出违规问题会被暂停使用。", ask(t, m, "a", stopped))
		require.Equal(t, "不行。", ask(t, m, "a", stopped))
		require.Equal(t, "您的提问过于频繁，请稍后再试。", ask(t, m, "a", fine), "limited")
		require.Equal(t, "好", ask(t, m, "b", fine), "others are not")
		time.Sleep(31 * time.Second)
		require.Equal(t, "由于多次提出违规问题，您的使用已被暂停。如有异议，可以申诉。", ask(t, m, "a", stopped))
		time.Sleep(23 * time.Hour)
		require.Contains(t, ask(t, m, "a", fine), "暂停")
		time.Sleep(time.Hour)
		require.Equal(t, "好", ask(t, m, "a", fine))
		require.Equal(t, []string{"a warned", "a limited", "a suspended", "a clear"}[:3], states[:3])
	})
}

func TestFiveOnADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &abuse.Ladder{Limits: shipped(t), Records: new(abuse.Memory)}
		m := guarded(t, l, 99)
		time.Sleep(time.Until(time.Date(2001, 5, 1, 15, 0, 0, 0, time.UTC))) // 23:00 in China
		once := func() abuse.State {
			time.Sleep(time.Minute)
			ask(t, m, "a", stopped)
			time.Sleep(time.Minute)
			ask(t, m, "a", fine)
			s, err := l.State(t.Context(), "a")
			require.NoError(t, err)
			return s
		}
		require.Equal(t, []abuse.State{abuse.Warned, abuse.Warned, abuse.Warned, abuse.Limited}, []abuse.State{once(), once(), once(), once()})
		time.Sleep(time.Hour)
		require.Equal(t, abuse.Warned, once(), "a new day in China")
		once()
		once()
		require.Equal(t, abuse.Limited, once())
		require.Equal(t, abuse.Suspended, once())
	})
}

func TestAppeal(t *testing.T) {
	t.Parallel()
	l := &abuse.Ladder{Limits: profile.Abuse{Consecutive: 1}, Records: new(abuse.Memory), Messages: map[abuse.State]string{abuse.Suspended: "停。"}}
	m := guarded(t, l, 9)
	require.Equal(t, "停。", ask(t, m, "a", stopped))
	require.NoError(t, l.Appeal(t.Context(), "a", "我在做研究"))
	require.Equal(t, "停。", ask(t, m, "a", fine))
	require.NoError(t, l.Lift(t.Context(), "a"))
	require.Equal(t, "好", ask(t, m, "a", fine))
}

// What could not be checked is nobody's fault, nor is what the model says.
func TestWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	l := &abuse.Ladder{Limits: profile.Abuse{Consecutive: 2}, Records: new(abuse.Memory)}
	broken := guard.ClassifierFunc(func(context.Context, guard.Sample) ([]guard.Finding, error) { return nil, errors.New("gone") })
	m := l.Wrap(guard.Guard{Classifiers: []guard.Classifier{broken}}.Wrap(assistanttest.Script()))
	for range 5 {
		require.Contains(t, ask(t, m, "a", fine), "暂时不可用")
	}
	words, err := match.New(match.Config{Words: []match.Word{{Text: "龘龗"}}})
	require.NoError(t, err)
	m = l.Wrap(guard.Guard{Words: []guard.Pack{{Load: guard.Fixed(words)}}}.Wrap(assistanttest.Script(assistanttest.Say("龘龗"), assistanttest.Say("龘龗"))))
	ask(t, m, "a", fine)
	ask(t, m, "a", fine)
	s, err := l.State(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, abuse.Clear, s)

	m = guarded(t, l, 9)
	for range 5 {
		require.Equal(t, "不行。", strings.TrimSuffix(ask(t, m, "", stopped), "请注意：多次提出违规问题会被暂停使用。"), "somebody without a name has no record")
	}
	require.Equal(t, "好", ask(t, guarded(t, new(abuse.Ladder), 1), "a", fine))
}

// A turn with tools is one question, also for somebody who may ask but once in a while.
func TestToolsAreNotCounted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &abuse.Ladder{Limits: shipped(t), Records: new(abuse.Memory)}
		for i := range 8 { // four times on one day, never two in a row
			_, err := l.Note(t.Context(), "a", i%2 == 0)
			require.NoError(t, err)
		}
		m := l.Wrap(assistanttest.Script(assistanttest.Call("f", "{}"), assistanttest.Say("好")))
		tool := assistant.MustTool(assistant.ToolSpec{Name: "f", Description: "看"}, func(context.Context, struct{}) (string, error) { return "龘龗", nil })
		a := &assistant.Assistant{Model: m, Tools: []assistant.Tool{tool}, Template: assistant.Request{User: "a"}}
		answer, err := a.Ask(t.Context(), fine)
		require.NoError(t, err)
		require.Equal(t, "好", answer)
		require.Contains(t, ask(t, m, "a", fine), "稍后")
	})
}

type failing struct{}

func (failing) Update(context.Context, string, func(*abuse.Record) error) error {
	return errors.New("gone")
}

func TestRecordsThatFail(t *testing.T) {
	t.Parallel()
	l := &abuse.Ladder{Limits: shipped(t), Records: failing{}}
	_, err := assistant.Generate(t.Context(), guarded(t, l, 1), &assistant.Request{User: "a", Messages: []assistant.Message{assistant.User(fine)}})
	require.EqualError(t, err, "abuse: record: gone")
	require.Error(t, l.Lift(t.Context(), "a"))
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	l := &abuse.Ladder{Limits: profile.Abuse{Daily: 50}, Records: new(abuse.Memory)}
	var group sync.WaitGroup
	for range 7 {
		group.Go(func() {
			for range 7 {
				_, _ = l.Note(context.Background(), "a", true)
			}
		})
	}
	group.Wait()
	s, err := l.State(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, abuse.Limited, s)
	s, err = l.Note(t.Context(), "a", true)
	require.NoError(t, err)
	require.Equal(t, abuse.Suspended, s)
}

func Example() {
	ladder := &abuse.Ladder{Limits: profile.Abuse{Consecutive: 3, Daily: 5}, Records: new(abuse.Memory)}
	for range 3 {
		state, err := ladder.Note(context.Background(), "user-42", true)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(state)
	}
	// Output:
	// warned
	// limited
	// suspended
}
