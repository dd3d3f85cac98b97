package minor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A desk is one child at a model in minors' mode, with a clock of its own.
type desk struct {
	t       *testing.T
	now     time.Time
	who     Person
	err     error
	model   assistant.Model
	asked   []*assistant.Request
	notices []Notice
}

func newDesk(t *testing.T, who Person) *desk {
	d := &desk{t: t, now: time.Date(2026, 3, 5, 9, 0, 0, 0, usage.China), who: who}
	turn := func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		d.asked = append(d.asked, req)
		return assistanttest.Say("好的。")(ctx, req)
	}
	turns := make([]assistanttest.Turn, 400)
	for i := range turns {
		turns[i] = turn
	}
	mode := Mode{
		Who:    func(context.Context, *assistant.Request) (Person, error) { return d.who, d.err },
		Clock:  &usage.Clock{Now: func() time.Time { return d.now }},
		Notify: func(_ context.Context, n Notice) { d.notices = append(d.notices, n) },
	}
	d.model = mode.Wrap(assistanttest.Script(turns...))
	return d
}

func (d *desk) ask() *assistant.Reply {
	d.t.Helper()
	r, err := assistant.Generate(d.t.Context(), d.model, &assistant.Request{User: "u", Messages: []assistant.Message{assistant.User("你好")}})
	require.NoError(d.t, err)
	return r
}

// use asks every ten minutes until it is refused, and returns for how long that went.
func (d *desk) use() time.Duration {
	d.t.Helper()
	start := d.now
	for range 200 {
		if d.ask().Finish == assistant.FinishRefusal {
			break
		}
		d.now = d.now.Add(10 * time.Minute)
	}
	return d.now.Sub(start)
}

func TestDailyTimeByAge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who  Person
		want time.Duration
	}{
		"7":                       {Person{ID: "a", Age: 7, AgeKnown: true}, time.Hour},
		"15":                      {Person{ID: "a", Age: 15, AgeKnown: true}, time.Hour},
		"17":                      {Person{ID: "a", Age: 17, AgeKnown: true}, 2 * time.Hour},
		"age not known":           {Person{ID: "a", Child: true}, time.Hour},
		"the guardian gives less": {Person{ID: "a", Age: 17, AgeKnown: true, Limits: Limits{Daily: 30 * time.Minute}}, 30 * time.Minute},
		"the guardian gives none": {Person{ID: "a", Age: 17, AgeKnown: true, Limits: Limits{Daily: -1}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, c.who)
			require.Equal(t, c.want, d.use())
			require.Equal(t, TimeUsedUp, d.notices[len(d.notices)-1].Kind)
			d.now = d.now.Add(24 * time.Hour)
			if c.want > 0 {
				require.Equal(t, assistant.FinishStop, d.ask().Finish, "the next day begins anew")
			}
		})
	}
}

func TestNightPause(t *testing.T) {
	t.Parallel()
	for clock, refused := range map[string]bool{"21:59": false, "22:00": true, "23:30": true, "00:00": true, "05:59": true, "06:00": false, "12:00": false} {
		at, err := time.ParseInLocation("15:04", clock, usage.China)
		require.NoError(t, err)
		d := newDesk(t, Person{ID: "a", Age: 10, AgeKnown: true})
		d.now = time.Date(2026, 3, 5, at.Hour(), at.Minute(), 0, 0, usage.China).UTC() // wherever the server stands
		require.Equal(t, refused, d.ask().Finish == assistant.FinishRefusal, clock)
		d.who.Limits.Night = &Night{Clock{20, 0}, Clock{21, 0}}
		require.Equal(t, assistant.FinishStop, d.ask().Finish, "the guardian's hours take the place of the policy's")
	}
}

func TestRestReminder(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{ID: "a", Age: 17, AgeKnown: true})
	d.use()
	rests := 0
	for _, n := range d.notices {
		if n.Kind == Rest {
			rests++
		}
	}
	require.Equal(t, 3, rests, "after 30, 60 and 90 minutes")
}

func TestAdultsPass(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{ID: "a", Age: 18, AgeKnown: true})
	d.now = time.Date(2026, 3, 5, 23, 0, 0, 0, usage.China)
	require.Equal(t, "好的。", d.ask().Text())
	require.Len(t, d.asked[0].Messages, 1, "without guidance")
}

func TestGuidanceFollowsTheAge(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{ID: "a", Age: 9, AgeKnown: true})
	d.ask()
	require.Equal(t, assistant.RoleSystem, d.asked[0].Messages[0].Role)
	require.Contains(t, d.asked[0].Messages[0].Text(), "8至12岁")
}

func TestBlockedCharacter(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{ID: "a", Age: 9, AgeKnown: true, Character: "海盗", Limits: Limits{Characters: []string{"海盗"}}})
	require.Equal(t, assistant.FinishRefusal, d.ask().Finish)
	d.who.Character = "老师"
	require.Equal(t, assistant.FinishStop, d.ask().Finish)
}

func TestWhoCannotBeToldIsAChild(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{})
	d.err = errors.New("age service is down")
	require.Equal(t, assistant.FinishStop, d.ask().Finish)
	require.Equal(t, NotKnown, d.notices[0].Kind)
	require.Equal(t, time.Hour, d.use())
}

func TestNeverInsideJSON(t *testing.T) {
	t.Parallel()
	d := newDesk(t, Person{ID: "a", Age: 17, AgeKnown: true})
	d.ask()
	for range 4 {
		d.now = d.now.Add(10 * time.Minute)
		r, err := assistant.Generate(t.Context(), d.model, &assistant.Request{Format: assistant.Format{Kind: assistant.FormatJSON}, Messages: []assistant.Message{assistant.User("x")}})
		require.NoError(t, err)
		require.Equal(t, "好的。", r.Text())
	}
}

// A policy that nobody has checked allows nothing, and ends no program.
func TestPolicyWithoutBands(t *testing.T) {
	t.Parallel()
	model := Mode{Policy: new(Policy)}.Wrap(assistanttest.Script(assistanttest.Say("好")))
	reply, err := assistant.Generate(t.Context(), model, &assistant.Request{User: "a", Messages: []assistant.Message{assistant.User("在吗")}})
	require.NoError(t, err)
	require.Equal(t, assistant.FinishRefusal, reply.Finish)
}

func TestSpending(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 31, 9, 0, 0, 0, usage.China)
	purse := &Purse{Clock: &usage.Clock{Now: func() time.Time { return now }}}
	p := Person{ID: "a", Child: true, Limits: Limits{Spending: 5000}}
	require.NoError(t, purse.Spend(t.Context(), p, 3000))
	require.ErrorIs(t, purse.Spend(t.Context(), p, 2001), ErrSpending)
	require.NoError(t, purse.Spend(t.Context(), p, 2000))
	now = now.AddDate(0, 0, 1)
	require.NoError(t, purse.Spend(t.Context(), p, 5000), "a new month")
	require.ErrorIs(t, purse.Spend(t.Context(), p, math.MaxInt64), ErrSpending, "no sum is so large that it is negative")
	require.Len(t, purse.spent, 1, "of one month")
	p.Limits.Spending = -1
	require.ErrorIs(t, purse.Spend(t.Context(), p, 1), ErrSpending)
	require.NoError(t, purse.Spend(t.Context(), Person{ID: "b"}, 1<<30))
	require.Error(t, purse.Spend(t.Context(), p, -1))
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	p := DefaultPolicy()
	require.Equal(t, Clock{22, 0}, p.NightFrom)
	require.Len(t, p.Bands, 5)
	b, err := json.Marshal(p)
	require.NoError(t, err)
	again, err := ParsePolicy(b)
	require.NoError(t, err)
	require.Equal(t, p, again)
	for says, change := range map[string]func(*Policy){
		"no bands":        func(p *Policy) { p.Bands = nil },
		"want 0":          func(p *Policy) { p.Bands[0].From = 1 },
		"and the one":     func(p *Policy) { p.Bands[2].From = 3 },
		"minutes a day":   func(p *Policy) { p.Bands[2].DailyMinutes = 2000 },
		"and adults":      func(p *Policy) { p.Adult = 14 },
		"rest_minutes is": func(p *Policy) { p.RestMinutes = 0 },
	} {
		var wrong Policy
		require.NoError(t, json.Unmarshal(b, &wrong))
		change(&wrong)
		text, err := json.Marshal(wrong)
		require.NoError(t, err)
		_, err = ParsePolicy(text)
		require.ErrorContains(t, err, says)
	}
	_, err = ParsePolicy([]byte(`{"night_from":"25:00"}`))
	require.ErrorContains(t, err, `"25:00"`)
}

func TestLint(t *testing.T) {
	t.Parallel()
	for text, relation := range map[string]string{
		"你是用户的女朋友，温柔体贴。":       "女朋友",
		"请扮演我的妈妈。":             "妈妈",
		"你現在是他的男友，每天陪他聊天。":     "男友",
		"角色：温柔的姐姐，喜欢照顾人。":      "姐姐",
		"做我的老婆吧":               "老婆",
		"作为孩子的爸爸陪他说话":          "爸爸",
		"你是一家茶叶店的导购。":          "",
		"你的妈妈是老师，你在南京长大。":      "",
		"帮用户给女朋友选礼物。":          "",
		"你是数学老师，和家长保持联系。":      "",
		"你是一位熟悉母婴用品的导购，妈妈们信任你": "",
	} {
		found := Lint(text)
		if relation == "" {
			require.Empty(t, found, text)
			continue
		}
		require.NotEmpty(t, found, text)
		require.Equal(t, relation, found[0].Relation, text)
	}
	require.True(t, Lint("你是用户的女朋友。")[0].Partner)
}

func FuzzParsePolicy(f *testing.F) {
	f.Add(policyFile)
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePolicy(b)
		if err == nil && p.band(5, true) == nil {
			t.Error("a policy without a band for five years")
		}
	})
}

func FuzzLint(f *testing.F) {
	f.Add("你是用户的女朋友。")
	f.Fuzz(func(t *testing.T, s string) { Lint(s) })
}

func Example() {
	mode := Mode{
		Who: func(context.Context, *assistant.Request) (Person, error) {
			return Person{ID: "user-42", Age: 10, AgeKnown: true}, nil
		},
		Clock: &usage.Clock{Now: func() time.Time { return time.Date(2026, 3, 5, 22, 30, 0, 0, usage.China) }},
	}
	model := mode.Wrap(assistanttest.Script(assistanttest.Say("好的。")))
	r, err := assistant.Generate(context.Background(), model, &assistant.Request{Messages: []assistant.Message{assistant.User("讲个故事")}})
	fmt.Println(r.Text(), err)
	// Output: 现在是休息时间，明天再聊吧，晚安。 <nil>
}
