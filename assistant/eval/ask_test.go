package eval

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/locale/match"
)

// A modelFunc answers the text of the last message.
type modelFunc func(ctx context.Context, text string) (string, error)

func (f modelFunc) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		text, err := f(ctx, req.Messages[len(req.Messages)-1].Text())
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		if yield(assistant.Chunk{Text: text, Meta: &assistant.Meta{Vendor: "v", Model: "m"}}, nil) {
			yield(assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 10, Output: 5}}, nil)
		}
	}
}

func questions(n int) []Case {
	var out []Case
	for i := range n {
		out = append(out, Case{ID: fmt.Sprint(i), Text: fmt.Sprint("问题", i), Want: fmt.Sprint("回答", i)})
	}
	return out
}

func TestAskKeepsOrderAndCountsCost(t *testing.T) {
	t.Parallel()
	prices, err := middleware.ParsePrices(strings.NewReader("currency,vendor,model,from,input,output\nCNY,v,m,2020-01-01,1,2\n"))
	require.NoError(t, err)
	m := modelFunc(func(_ context.Context, text string) (string, error) {
		return strings.Replace(text, "问题", "回答", 1), nil
	})
	answers, err := Ask(t.Context(), m, questions(50), AskConfig{Name: "甲", Parallel: 7, Prices: prices})
	require.NoError(t, err)
	require.Len(t, answers, 50)
	for i, a := range answers {
		require.Equal(t, fmt.Sprint("回答", i), a.Text)
		require.Equal(t, 20*middleware.Unit/1_000_000, a.Cost)
	}
	marks, err := Judge(t.Context(), answers, Holds())
	require.NoError(t, err)
	s := Compare(answers, marks, "holds")
	require.Equal(t, Rate{50, 50}, s[0].Passed)
	require.Equal(t, 500, s[0].Input)
}

func TestAskGoesOnAfterAnInterruption(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "answers.jsonl")
	var asked atomic.Int32
	ctx, cancel := context.WithCancel(t.Context())
	m := modelFunc(func(ctx context.Context, text string) (string, error) {
		if asked.Add(1) == 20 {
			cancel()
			return "", ctx.Err()
		}
		return "好", nil
	})
	answers, err := Ask(ctx, m, questions(50), AskConfig{Name: "甲", File: file})
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, answers, 19)
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"case":{"id":"cut`) // as a crash leaves it
	require.NoError(t, err)
	require.NoError(t, f.Close())

	asked.Store(100)
	answers, err = Ask(t.Context(), m, questions(50), AskConfig{Name: "甲", File: file})
	require.NoError(t, err)
	require.Len(t, answers, 50)
	require.EqualValues(t, 100+31, asked.Load(), "only what was missing is asked")
	answers, err = ReadAnswers(file)
	require.NoError(t, err)
	require.Len(t, answers, 50)

	asked.Store(1000)
	changed := questions(50)
	changed[3].Text = "换了"
	_, err = Ask(t.Context(), m, changed, AskConfig{Name: "甲", File: file})
	require.NoError(t, err)
	require.EqualValues(t, 1001, asked.Load(), "a question that has changed is asked again")
}

func TestAskWhenVendorsFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tries := map[string]int{}
		m := modelFunc(func(ctx context.Context, text string) (string, error) {
			tries[text]++
			switch {
			case text == "问题0" && tries[text] < 3:
				return "", &assistant.Error{Kind: assistant.ErrRateLimited, RetryAfter: time.Minute}
			case text == "问题1":
				return "", &assistant.Error{Kind: assistant.ErrAuth}
			case text == "问题2":
				return "", &assistant.Error{Kind: assistant.ErrBlocked}
			case text == "问题3":
				<-ctx.Done()
				return "", ctx.Err()
			}
			return "好", nil
		})
		start := time.Now()
		answers, err := Ask(t.Context(), m, questions(5), AskConfig{Name: "甲", Timeout: 10 * time.Second})
		require.NoError(t, err)
		require.Equal(t, "好", answers[0].Text)
		require.GreaterOrEqual(t, time.Since(start), 2*time.Minute, "it waits as long as it is told")
		require.Contains(t, answers[1].Error, "authentication")
		require.Equal(t, 1, tries["问题1"])
		require.True(t, answers[2].Blocked)
		require.NotEmpty(t, answers[3].Error)
		require.Equal(t, "好", answers[4].Text)
		marks, err := Judge(t.Context(), answers, Refusals{})
		require.NoError(t, err)
		require.Len(t, marks, 3, "errors are not judged")
		require.Equal(t, Refused, marks[1].Outcome)
	})
}

func TestJudges(t *testing.T) {
	t.Parallel()
	words, err := match.New(match.Config{Words: []match.Word{{Text: "咕噜", Category: "A.1.a"}}})
	require.NoError(t, err)
	humans, err := ReadHumans(strings.NewReader("\ufeffid,outcome\n1,fail\n2,safe\n"))
	require.NoError(t, err)
	down := errors.New("down")
	classifier := Classified{harmful(func(text string) (bool, error) {
		if text == "坏了" {
			return false, down
		}
		return strings.Contains(text, "咕噜"), nil
	})}
	answer := func(id, text string) Answer { return Answer{Case: Case{ID: id, Want: "ABC|东京"}, Text: text} }
	for name, c := range map[string]struct {
		judge Judger
		a     Answer
		want  Outcome
	}{
		"keyword found":      {Keywords{words}, answer("1", "他说咕　嚕"), Pass},
		"keyword folded":     {Keywords{words}, answer("1", "他说咕嚕"), Fail},
		"keyword withheld":   {Keywords{words}, Answer{Blocked: true}, Refused},
		"classifier":         {classifier, answer("1", "咕噜"), Fail},
		"classifier passes":  {classifier, answer("1", "你好"), Pass},
		"human":              {humans, answer("1", "x"), Fail},
		"human did not":      {humans, answer("9", "x"), Unjudged},
		"holds, other width": {Holds(), answer("1", "是Ａ b c。"), Pass},
		"holds, other one":   {Holds(), answer("1", "東京"), Pass},
		"holds not":          {Holds(), answer("1", "大阪"), Fail},
		"holds, no want":     {Holds(), Answer{}, Unjudged},
		"model":              {By{Model: modelFunc(func(context.Context, string) (string, error) { return `{"outcome":"safe","why":"x"}`, nil })}, answer("1", "x"), Safe},
		"finish says so":     {Refusals{}, Answer{Text: "好", Finish: assistant.FinishRefusal}, Refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _, err := c.judge.Judge(t.Context(), &c.a)
			require.NoError(t, err)
			require.Equal(t, c.want, o)
		})
	}
	marks, err := Judge(t.Context(), []Answer{answer("1", "坏了"), answer("2", "你好")}, classifier)
	require.ErrorIs(t, err, down)
	require.Len(t, marks, 1)
	_, _, err = By{Model: modelFunc(func(context.Context, string) (string, error) { return `{"outcome":"maybe","why":"x"}`, nil })}.Judge(t.Context(), &Answer{})
	require.ErrorContains(t, err, `"maybe"`)
}

type harmful func(string) (bool, error)

func (h harmful) Harmful(_ context.Context, text string) (bool, error) { return h(text) }

// A model that stops without an end has not answered.
func TestAnswerWithoutAnEnd(t *testing.T) {
	t.Parallel()
	m := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "说到一半"}))
	answers, err := Ask(t.Context(), m, []Case{{ID: "1", Text: "问"}}, AskConfig{Attempts: 1})
	require.NoError(t, err)
	require.Contains(t, answers[0].Error, "finish reason")
}
