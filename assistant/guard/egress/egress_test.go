package egress_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/egress"
)

const phone, id = "13812345678", "11010519491231002X"

// agreed are the people who have agreed to everything.
type agreed map[string]bool

func (a agreed) Allows(_ context.Context, u egress.Use) (bool, error) {
	switch u.Subject {
	case "fail":
		return true, errors.New("gone")
	case "panic":
		panic("oh")
	}
	return a[u.Subject], nil
}

func ask(t *testing.T, g egress.Gate, user, text string) (sent string, d egress.Decision, err error) {
	t.Helper()
	script := assistanttest.Script(assistanttest.Say("好"))
	g.Decided = func(_ context.Context, one egress.Decision) { d = one }
	_, err = assistant.Generate(t.Context(), g.Wrap(script), &assistant.Request{User: user, Messages: []assistant.Message{assistant.User(text)}})
	for _, req := range script.Requests() {
		b, e := json.Marshal(req.Messages)
		require.NoError(t, e)
		sent = string(b)
	}
	return sent, d, err
}

func abroad() egress.Gate {
	return egress.Gate{Recipient: egress.Recipient{Name: "far", Region: "US"}, Purpose: "answering", Mechanism: "exempt",
		Consents: agreed{"alice": true}, Key: make([]byte, 16)}
}

func TestWhatMayLeave(t *testing.T) {
	t.Parallel()
	with := func(change func(g *egress.Gate)) egress.Gate {
		g := abroad()
		change(&g)
		return g
	}
	home := func(g *egress.Gate) { g.Recipient.Region, g.Mechanism, g.Key = "CN", "", nil }
	for name, c := range map[string]struct {
		gate   egress.Gate
		user   string
		text   string
		leaves bool
		reason string
	}{
		"nothing to protect":     {egress.Gate{}, "", "你好", true, "no personal data"},
		"zero gate":              {egress.Gate{}, "alice", "手机" + phone, false, "no mechanism"},
		"home with consent":      {with(home), "alice", "手机" + phone, true, "consent"},
		"home without consent":   {with(home), "bob", "手机" + phone, false, "no consent"},
		"abroad with all":        {abroad(), "alice", "手机" + phone, true, "consent"},
		"abroad, no consent":     {abroad(), "bob", "手机" + phone, false, "no consent"},
		"abroad, nobody":         {abroad(), "", "手机" + phone, false, "nobody known to agree"},
		"abroad, consents fail":  {abroad(), "fail", "手机" + phone, false, "no consent"},
		"abroad, consents panic": {abroad(), "panic", "手机" + phone, false, "no consent"},
		"abroad, no purpose":     {with(func(g *egress.Gate) { g.Purpose = "" }), "alice", "手机" + phone, false, "no purpose"},
		"abroad, no mechanism":   {with(func(g *egress.Gate) { g.Mechanism = "" }), "alice", "手机" + phone, false, "no mechanism"},
		"nobody to ask":          {with(func(g *egress.Gate) { g.Consents = nil }), "alice", "手机" + phone, false, "no consent"},
		"region not known":       {with(func(g *egress.Gate) { g.Recipient.Region, g.Mechanism = "", "" }), "alice", "手机" + phone, false, "no mechanism"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent, d, err := ask(t, c.gate, c.user, c.text)
			require.NoError(t, err)
			require.Equal(t, c.reason, d.Reason)
			require.Equal(t, !c.leaves, d.Masked)
			require.Equal(t, c.leaves && c.text != "你好", strings.Contains(sent, phone))
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	g := abroad()
	g.Counter = new(egress.MemoryCounter)
	_, d, err := ask(t, g, "alice", "身份证号"+id)
	require.ErrorIs(t, err, egress.ErrRefused)
	require.ErrorIs(t, err, assistant.ErrPermission)
	require.ErrorContains(t, err, "exempt is for at most 99999 people, 0 with sensitive data")
	require.NotContains(t, err.Error(), id)
	require.True(t, d.Sensitive)
	require.Zero(t, d.Count)

	g.Mechanism = "assessment"
	_, d, err = ask(t, g, "alice", "身份证号"+id)
	require.NoError(t, err)
	require.Equal(t, egress.Count{People: 1, Sensitive: 1}, d.Count)
	require.False(t, d.Warn)
}

// The year of the count is China's: it begins eight hours before that of Greenwich.
func TestCountsBeginAnewOnNewYearInChina(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rules, err := egress.Load(strings.NewReader(`{"name":"n","version":"1","home":"CN","warn":0.5,"mechanisms":[{"name":"few","people":2,"sensitive":0}]}`))
		require.NoError(t, err)
		g := abroad()
		g.Rules, g.Mechanism, g.Counter = rules, "few", new(egress.MemoryCounter)
		g.Consents = agreed{"a": true, "b": true, "c": true}
		send := func(user string) (egress.Decision, error) {
			_, d, err := ask(t, g, user, "手机"+phone)
			return d, err
		}
		time.Sleep(time.Until(time.Date(2001, 12, 31, 15, 59, 0, 0, time.UTC)))
		for _, user := range []string{"a", "a", "b", "a"} {
			d, err := send(user)
			require.NoError(t, err)
			require.Equal(t, 2001, d.Year)
			require.True(t, d.Warn)
		}
		_, err = send("c")
		require.ErrorIs(t, err, egress.ErrRefused)
		d, err := send("b")
		require.NoError(t, err, "who was counted is not refused")
		require.Equal(t, 2, d.Count.People)
		time.Sleep(time.Minute)
		d, err = send("c")
		require.NoError(t, err)
		require.Equal(t, 2002, d.Year)
		require.Equal(t, 1, d.Count.People)
	})
}

type failing struct{}

func (failing) Add(context.Context, int, string, bool, egress.Count) (egress.Count, bool, error) {
	return egress.Count{}, false, errors.New("gone")
}

// spy keeps by what names people are counted.
type spy struct {
	egress.MemoryCounter
	names []string
}

func (s *spy) Add(ctx context.Context, year int, person string, sensitive bool, limit egress.Count) (egress.Count, bool, error) {
	s.names = append(s.names, person)
	return s.MemoryCounter.Add(ctx, year, person, sensitive, limit)
}

func TestCounters(t *testing.T) {
	t.Parallel()
	g := abroad()
	g.Counter = failing{}
	_, _, err := ask(t, g, "alice", "手机"+phone)
	require.ErrorIs(t, err, egress.ErrRefused, "what cannot be counted is not sent")

	s := new(spy)
	g.Counter = s
	_, _, err = ask(t, g, "alice", "手机"+phone)
	require.NoError(t, err)
	require.Regexp(t, "^[0-9a-f]{64}$", s.names[0])
	g.Key = []byte("another key of 16 bytes and more")
	_, _, err = ask(t, g, "alice", "手机"+phone)
	require.NoError(t, err)
	require.NotEqual(t, s.names[0], s.names[1])

	var m egress.MemoryCounter
	for i := range 5 {
		_, ok, err := m.Add(t.Context(), 2026, fmt.Sprint(i), i%2 == 0, egress.Count{People: -1, Sensitive: -1})
		require.NoError(t, err)
		require.True(t, ok)
	}
	count, ok, err := m.Add(t.Context(), 2026, "1", true, egress.Count{People: 1, Sensitive: 3})
	require.NoError(t, err)
	require.False(t, ok, "sensitive data of one more")
	_, ok, err = m.Add(t.Context(), 2026, "0", true, egress.Count{People: 1, Sensitive: 1})
	require.NoError(t, err)
	require.True(t, ok, "who was counted before is not refused, though the limit is lower now")
	require.Equal(t, egress.Count{People: 5, Sensitive: 3}, count)
}

func TestMediaCannotBeSeenThrough(t *testing.T) {
	t.Parallel()
	picture := assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}}}}
	req := &assistant.Request{User: "bob", Messages: []assistant.Message{picture}}
	_, err := assistant.Generate(t.Context(), abroad().Wrap(assistanttest.Script()), req)
	require.ErrorIs(t, err, guard.ErrMedia)
	req.User = "alice"
	_, err = assistant.Generate(t.Context(), abroad().Wrap(assistanttest.Script(assistanttest.Say("好"))), req)
	require.NoError(t, err)
}

func TestIncompleteGatesRefuse(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(g *egress.Gate){
		`no mechanism "luck"`: func(g *egress.Gate) { g.Mechanism = "luck" },
		"less than 16 bytes":  func(g *egress.Gate) { g.Key = nil },
	} {
		g := abroad()
		change(&g)
		sent, _, err := ask(t, g, "alice", "你好")
		require.ErrorContains(t, err, want)
		require.Empty(t, sent)
	}
	for text, want := range map[string]string{
		"":                           "EOF",
		"{}":                         "no name",
		`{"name":"n","version":"1"}`: "no home",
		`{"name":"n","version":"1","home":"CN","warn":2}`:             "warn is 2",
		`{"name":"n","version":"1","home":"CN","mechanisms":[{}]}`:    "mechanisms[0] has no name",
		`{"name":"n","version":"1","home":"CN","sensitive":["星座"]}`:   `no type of data "星座"`,
		`{"name":"n","version":"1","home":"CN","mechanism":"exempt"}`: "unknown field",
	} {
		_, err := egress.Load(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
	}
	rules, err := egress.Default()
	require.NoError(t, err)
	require.Equal(t, "cac-2024", rules.Name)
}

func Example() {
	gate := egress.Gate{Recipient: egress.Recipient{Name: "vendor", Region: "US"}, Purpose: "answering"}
	gate.Decided = func(_ context.Context, d egress.Decision) { fmt.Println(d.Masked, d.Reason) }
	vendor := assistanttest.Script(assistanttest.Say("〔手机号1〕已登记"))
	reply, err := assistant.Generate(context.Background(), gate.Wrap(vendor), &assistant.Request{
		Messages: []assistant.Message{assistant.User("登记手机13812345678")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(vendor.Requests()[0].Messages[0].Text())
	fmt.Println(reply.Text())
	// Output:
	// true no mechanism
	// 登记手机〔手机号1〕
	// 13812345678已登记
}
