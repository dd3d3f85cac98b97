package profile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
)

func TestShippedProfiles(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"gbt-45654-2025", "tc260-003-2024"}, profile.Names())
	for _, name := range profile.Names() {
		p, err := profile.Open(name)
		require.NoError(t, err)
		require.Equal(t, name, p.Name)
		require.Len(t, p.Categories, 31)
		for group, n := range map[string]int{"A.1": 8, "A.2": 9, "A.3": 5, "A.4": 7, "A.5": 2} {
			require.Len(t, p.Of(group), n)
		}
		for _, c := range p.Categories {
			for _, s := range profile.Stages() {
				a, otherwise := profile.Find(p.Actions, c.ID, s)
				require.NotZero(t, a, "%s at %s", c.ID, s)
				require.False(t, otherwise, "%s at %s", c.ID, s)
			}
		}
		require.Equal(t, profile.Abuse{Consecutive: 3, Daily: 5}, p.Abuse)
		require.Equal(t, 10_000, p.Words.Total)
	}
	_, err := profile.Open("iso-1")
	require.EqualError(t, err, `no profile "iso-1": there are gbt-45654-2025, tc260-003-2024`)
}

func TestFind(t *testing.T) {
	t.Parallel()
	rules := []profile.Rule{
		{Categories: []string{"*"}, Stages: []profile.Stage{profile.Output}, Action: profile.Escalate},
		{Categories: []string{"A.1.f"}, Stages: []profile.Stage{profile.Output}, Action: profile.Mask},
		{Categories: []string{"A.1", "B"}, Action: profile.Block},
	}
	find := func(category string, s profile.Stage) profile.Action {
		a, _ := profile.Find(rules, category, s)
		return a
	}
	require.Equal(t, profile.Mask, find("A.1.f", profile.Output))
	require.Equal(t, profile.Block, find("A.1.f", profile.Input))
	require.Equal(t, profile.Block, find("A.1", profile.Output))
	require.Equal(t, profile.Escalate, find("A.10", profile.Output), "A.10 is not within A.1")
	require.Equal(t, profile.Escalate, find("", profile.Output))
	require.Zero(t, find("C", profile.Input))
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	p, err := profile.Open("tc260-003-2024")
	require.NoError(t, err)
	var list []string
	for _, c := range p.Of("A.1") {
		for range 200 {
			list = append(list, c.ID)
		}
	}
	for _, c := range p.Of("A.2") {
		for range 100 {
			list = append(list, c.ID)
		}
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	c := p.Cover(p.Words, list, now.Add(-6*24*time.Hour), now)
	require.Equal(t, []profile.Shortfall{{Have: 2500, Want: 10000}}, c.Shortfalls, "the floors alone are not the total")
	require.False(t, c.Stale)
	for len(list) < 10_000 {
		list = append(list, "A.3.a")
	}
	require.True(t, p.Cover(p.Words, list, now, now).OK())
	c = p.Cover(p.Words, list[1:], now.Add(-8*24*time.Hour), now)
	require.Equal(t, "[total 9999 of 10000 A.1.a 199 of 200]", strings.Join([]string{"[" + c.Shortfalls[0].String(), c.Shortfalls[1].String() + "]"}, " "))
	require.True(t, c.Stale)
}

func TestLoadRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	const head = `{"name":"n","version":"1","categories":[{"id":"A.1","label":"一"}]`
	_, err := profile.Load(strings.NewReader(head + "}"))
	require.NoError(t, err)
	for text, want := range map[string]string{
		"":                               "read profile: EOF",
		"{}":                             "has no name or no version",
		`{"name":"n","version":"1"}`:     "has no categories",
		head + `,"acts":[]}`:             `unknown field "acts"`,
		head + `} x`:                     "something behind it",
		head + `,"private":"B"}`:         `no category "B"`,
		head + `,"actions":[{}]}`:        "actions[0]: names no category",
		head + `,"abuse":{"daily":-1}}`:  "negative",
		head + `,"banks":[{"total":1}]}`: "banks[0] has no name",
		head + `,"actions":[{"categories":["B"],"action":"block"}]}`:                     `actions[0]: no category or group "B"`,
		head + `,"actions":[{"categories":["*"]}]}`:                                      "actions[0] has no action",
		head + `,"actions":[{"categories":["*"],"action":"blok"}]}`:                      `unknown action "blok"`,
		head + `,"actions":[{"categories":["*"],"action":"block","stages":["inputs"]}]}`: `unknown stage "inputs"`,
		head + `,"words":{"floors":[{"categories":["*"],"each":1}]}}`:                    `no category or group "*"`,
		head + `,"words":{"floors":[{"categories":["A"],"each":0}]}}`:                    "want more than 0",
		head + `,"words":{"total":-1}}`:                                                  "words: a number is negative",
		head + `,"words":{"draws":[{"judge":"human","count":5,"at_least":1.1}]}}`:        "out of range",
		strings.Replace(head, "}]", `},{"id":"A.1","label":"二"}]`, 1) + "}":              "there twice",
		strings.Replace(head, "一", "", 1) + "}":                                          "has no id or no label",
	} {
		_, err := profile.Load(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
	}
	_, err = profile.Load(strings.NewReader(strings.Repeat(" ", profile.MaxFile+1)))
	require.ErrorContains(t, err, "larger than")
}

func TestNames(t *testing.T) {
	t.Parallel()
	require.Equal(t, "unknown(99)", profile.Action(99).String())
	require.Equal(t, "safe_answer", profile.SafeAnswer.String())
	require.True(t, profile.SafeAnswer.Ends())
	require.False(t, profile.Rewrite.Ends())
	for _, s := range profile.Stages() {
		var back profile.Stage
		b, err := s.MarshalText()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, s, back)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(`{"name":"n","version":"1","categories":[{"id":"A.1","label":"一"}],"actions":[{"categories":["*"],"stages":["input"],"action":"block"}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := profile.Load(strings.NewReader(s))
		if err == nil {
			require.NotEmpty(t, p.Categories)
			p.Cover(p.Words, []string{"x"}, time.Time{}, time.Time{})
		}
	})
}
