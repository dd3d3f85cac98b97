package route_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// A policy that is not right is an error that names what is wrong, and where.
func TestBadPolicies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                              "unexpected EOF",
		`{`:                             "unexpected EOF",
		`null`:                          "want an object",
		`[]`:                            "cannot unmarshal array",
		`{} {}`:                         "something follows the end",
		"{\n\"trustd\": {}}":            `line 2: json: unknown field "trustd"`,
		"{\n\n\"precision\": \"high\"}": "line 3: ",
		`{"precision": 1.5}`:            "precision is 1.5",
		`{"precision": -1}`:             "precision is -1",
		`{"doubt": 0.99}`:               "doubt is 0.99",
		`{"tools": -1}`:                 "tools is -1",
		`{"race": "-PT1S"}`:             "race is -1s",
		`{"race": "soon"}`:              "soon",
		`{"child": "moon"}`:             `place "moon"`,
		`{"find": "sometimes"}`:         `find is "sometimes"`,
		`{"prefer": "beauty"}`:          `prefer is "beauty"`,
		`{"private_tools": ["x"]}`:      "unknown field",
		`{"outside_tools": [""]}`:       "empty name",
		`{"trusted": {"data": {"phone": "keep"}}}`:                          `no class of data "phone": the groups and classes are documents, phones`,
		`{"partner": {"data": {"phones": "hide"}}}`:                         `policy: partner: data: phones is "hide", want keep, mask or send`,
		`{"partner": {"data": {"phones": ""}}}`:                             `phones is ""`,
		`{"partner": {"other": "Keep"}}`:                                    `other is "Keep"`,
		`{"partner": {"media": "mask"}}`:                                    `media is "mask"`,
		`{"partner": {"consent": "maybe"}}`:                                 `consent is "maybe"`,
		`{"partner": {"history": {"turns": -1}}}`:                           "turns is -1",
		`{"partner": {"history": {"turn": 1}}}`:                             `unknown field "turn"`,
		`{"partner": {"other": "keep", "other": "send"}}`:                   `"other" is there twice`,
		`{"partner": {"data": {"phones": "keep"}, "Data": {"qq": "send"}}}`: `"Data" is there twice`,
		strings.Repeat(" ", 1<<20+1):                                        "larger than",
	} {
		p, err := route.ParsePolicy(strings.NewReader(text))
		require.ErrorContains(t, err, want, text[:min(len(text), 60)])
		require.Nil(t, p)
	}
}

// Whoever goes on with a policy that could not be read lets nothing leave.
func TestUnreadablePolicy(t *testing.T) {
	t.Parallel()
	p, err := route.ParsePolicy(strings.NewReader(`{"trusted": {"consent": "none", "othr": "send"}}`))
	require.Error(t, err)
	r := newRig(t, func(c *route.Config) { c.Policy = p })
	require.Equal(t, "这件事在本机办不了，也没有可用的云端模型。本机可以：设闹钟、查天气、读短信。", r.reply(t, ask("天为什么是蓝的")).Text())
	require.Equal(t, route.DisabledByPolicy, r.Status(t.Context())[1].State)
	require.Equal(t, route.NotGranted, r.book.last().Reason)

	require.NoError(t, r.SetPolicy(openPolicy()))
	require.Equal(t, "可信云答。", r.reply(t, ask("天为什么是蓝的")).Text())
	require.Equal(t, "open", r.book.last().Policy)
	require.ErrorContains(t, r.SetPolicy(&route.Policy{Find: "x"}), "find")
	require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("天为什么是蓝的")).Finish, "a bad policy takes the place of a good one")
	require.NoError(t, r.SetPolicy(openPolicy()))
	require.NoError(t, r.SetPolicy(nil))
	require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("天为什么是蓝的")).Finish)
	for _, empty := range []*route.Policy{{}, {Trusted: &route.Grant{}, Partner: &route.Grant{}}} {
		require.NoError(t, r.SetPolicy(empty))
		require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("天为什么是蓝的")).Finish, "zero is strict: no place, or no consent")
	}
	require.Empty(t, r.partner.seen())
}

func TestDefaultPolicy(t *testing.T) {
	t.Parallel()
	p := route.DefaultPolicy()
	require.NoError(t, p.Validate())
	text, err := os.ReadFile("default.json")
	require.NoError(t, err)
	out, err := json.Marshal(p)
	require.NoError(t, err)
	var a, b map[string]any
	require.NoError(t, json.Unmarshal(text, &a))
	require.NoError(t, json.Unmarshal(out, &b))
	delete(a, "child") // which is the zero value
	for _, place := range []string{"trusted", "partner"} {
		require.Equal(t, a[place], b[place])
	}
	require.Equal(t, a, b, "a policy is written as it is read")
}

// A class that has its own entry does not follow its group.
func TestClassBeforeGroup(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *route.Config) {
		c.Policy.Trusted.Data = map[string]route.Handling{"phones": route.Keep, "mobile": route.Send, "documents": route.Send, "passport": route.Keep}
	})
	require.Equal(t, "可信云答。", r.reply(t, ask("13812345678是哪里的")).Text())
	require.Equal(t, "可信云答。", r.reply(t, ask("身份证"+document+"是哪里的")).Text())
	require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("座机010-62345678是哪里的")).Finish)
	require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("护照号E12345678是哪里的")).Finish)
}

func TestBadConfigs(t *testing.T) {
	t.Parallel()
	m := says("")
	for want, c := range map[string]route.Config{
		`device "x" is at the place trusted`: {Device: route.Tier{Name: "x", Place: route.Trusted, Model: m}},
		"cloud 0 has no name":                {Clouds: []route.Tier{{Model: m}}},
		`cloud "a" has no model`:             {Clouds: []route.Tier{{Name: "a"}}},
		`cloud "a" is at the place device`:   {Clouds: []route.Tier{{Name: "a", Model: m}}},
		`place place 9`:                      {Clouds: []route.Tier{{Name: "a", Model: m, Place: 9}}},
		`two tiers named "ondevice"`:         {Device: route.Tier{Model: m}, Clouds: []route.Tier{{Name: "ondevice", Model: m, Place: route.Trusted}}},
		"precision":                          {Policy: &route.Policy{Precision: 2}},
	} {
		_, err := route.New(c)
		require.ErrorContains(t, err, want)
	}
	r, err := route.New(route.Config{})
	require.NoError(t, err)
	reply, err := assistant.Generate(t.Context(), r, ask("你好"))
	require.NoError(t, err)
	require.Equal(t, "这件事在本机办不了，也没有可用的云端模型。", reply.Text())
	require.Empty(t, r.Status(t.Context()))
}

func FuzzParsePolicy(f *testing.F) {
	text, err := os.ReadFile("default.json")
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"trusted":{"data":{"qq":"keep","qq":"send"}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := route.ParsePolicy(bytes.NewReader(text))
		if err != nil {
			require.Nil(t, p)
			return
		}
		require.NoError(t, p.Validate())
		again, err := json.Marshal(p)
		require.NoError(t, err)
		q, err := route.ParsePolicy(bytes.NewReader(again))
		require.NoError(t, err)
		third, err := json.Marshal(q)
		require.NoError(t, err)
		require.Equal(t, string(again), string(third))
	})
}
