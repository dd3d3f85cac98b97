package route_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// The rules, each with what it decides.
func TestRules(t *testing.T) {
	t.Parallel()
	image := func(r *assistant.Request) {
		m := assistant.User("这是什么？")
		m.Parts = append(m.Parts, assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}})
		r.Messages = []assistant.Message{m}
	}
	for name, c := range map[string]struct {
		say    string
		judge  route.Judgement
		change func(*assistant.Request)
		marks  route.Marks
		action route.Action
		rule   route.Rule
		reason route.Reason
		tier   string
	}{
		"a command":               {say: "明天八点叫我", judge: act("set_alarm", "{}", 0.99), action: route.OnDevice, rule: route.RuleUnderstood, reason: route.Sure, tier: "ondevice"},
		"a command, not sure":     {say: "八点叫我", judge: act("set_alarm", "{}", 0.8), action: route.AskUser, rule: route.RuleUnderstood, reason: route.Unsure},
		"an argument is missing":  {say: "叫我起床", judge: route.Judgement{Verdict: route.Ask, Confidence: 0.9}, action: route.OnDevice, rule: route.RuleUnderstood, reason: route.Unsure, tier: "ondevice"},
		"invalid arguments":       {say: "叫我", judge: route.Judgement{Verdict: route.Act, Confidence: 0.99}, action: route.OnDevice, rule: route.RuleUnderstood, reason: route.Sure, tier: "ondevice"},
		"hardly a command":        {say: "叫我什么好", judge: act("set_alarm", "{}", 0.3), action: route.ToCloud, rule: route.RuleUnderstood, reason: route.NotACommand, tier: "own"},
		"an open question":        {say: "天为什么是蓝的", action: route.ToCloud, rule: route.RuleUnderstood, reason: route.NotACommand, tier: "own"},
		"a greeting":              {say: "你好", judge: route.Judgement{Verdict: route.Answer, Confidence: 1}, action: route.OnDevice, rule: route.RuleUnderstood, reason: route.OwnAnswer, tier: "ondevice"},
		"perhaps a greeting":      {say: "你好吗", judge: route.Judgement{Verdict: route.Answer, Confidence: 0.7}, action: route.ToCloud, rule: route.RuleUnderstood, reason: route.CloudDialogue, tier: "own"},
		"fills a question":        {say: "八点", judge: route.Judgement{Verdict: route.Act, Confidence: 0.6, Valid: true, Fills: true}, action: route.OnDevice, rule: route.RulePending, reason: route.FillsQuestion, tier: "ondevice"},
		"hardly fills it":         {say: "八点的书", judge: route.Judgement{Verdict: route.Act, Confidence: 0.3, Valid: true, Fills: true}, action: route.ToCloud, rule: route.RuleUnderstood, reason: route.NotACommand, tier: "own"},
		"impossible confidence":   {say: "叫我", judge: act("set_alarm", "{}", 7), action: route.Decline, rule: route.RuleNever, reason: route.PrivateTool},
		"pays":                    {say: "付款", judge: act("pay", "{}", 1), action: route.AskUser, rule: route.RuleUnderstood, reason: route.NeedsConsent},
		"unlocks, asks by itself": {say: "开门", judge: act("unlock", "{}", 1), action: route.OnDevice, rule: route.RuleUnderstood, reason: route.Sure, tier: "ondevice"},

		"a picture":            {change: image, action: route.ToCloud, rule: route.RuleMust, reason: route.Media, tier: "own"},
		"JSON":                 {say: "列出三种茶", judge: act("set_alarm", "{}", 1), change: func(r *assistant.Request) { r.Format.Kind = assistant.FormatJSON }, action: route.ToCloud, rule: route.RuleMust, reason: route.Structured, tier: "own"},
		"a search":             {say: "查一下新闻", change: func(r *assistant.Request) { r.Search.Forced = true }, action: route.ToCloud, rule: route.RuleMust, reason: route.WebSearch, tier: "own"},
		"a named model":        {say: "你好", judge: act("set_alarm", "{}", 1), change: func(r *assistant.Request) { r.Model = "qwen-max" }, action: route.ToCloud, rule: route.RuleMust, reason: route.NamedModel, tier: "qwen"},
		"a named tier":         {say: "你好", change: func(r *assistant.Request) { r.Model = "qwen" }, action: route.ToCloud, rule: route.RuleMust, reason: route.NamedModel, tier: "qwen"},
		"the device, by name":  {say: "叫我", judge: act("set_alarm", "{}", 1), change: func(r *assistant.Request) { r.Model = "ondevice" }, action: route.OnDevice, rule: route.RuleNever, reason: route.NotNamed, tier: "ondevice"},
		"a document":           {say: "身份证号11010519491231002X，几岁了？", action: route.Decline, rule: route.RuleNever, reason: route.PersonalData},
		"a document, a tool":   {say: "记下身份证号11010519491231002X", judge: act("set_alarm", "{}", 1), action: route.OnDevice, rule: route.RuleNever, reason: route.PersonalData, tier: "ondevice"},
		"a phone, masked":      {say: "13812345678是哪里的号？", action: route.ToCloud, rule: route.RuleUnderstood, reason: route.NotACommand, tier: "own"},
		"marked by the app":    {say: "天为什么是蓝的", marks: route.Marks{Private: true}, action: route.Decline, rule: route.RuleNever, reason: route.PrivateRequest},
		"marked in itself":     {say: "天为什么是蓝的", change: func(r *assistant.Request) { r.Extra = map[string]map[string]any{"route": {"private": true}} }, action: route.Decline, rule: route.RuleNever, reason: route.PrivateRequest},
		"marked by one":        {say: "天为什么是蓝的", marks: route.Marks{Private: true}, change: func(r *assistant.Request) { r.Extra = map[string]map[string]any{"route": {"private": false}} }, action: route.Decline, rule: route.RuleNever, reason: route.PrivateRequest},
		"marked, and a tool":   {say: "明天八点叫我", judge: act("set_alarm", "{}", 0.99), marks: route.Marks{Private: true}, action: route.OnDevice, rule: route.RuleNever, reason: route.PrivateRequest, tier: "ondevice"},
		"marked, a picture":    {change: image, judge: act("set_alarm", "{}", 0.99), marks: route.Marks{Private: true}, action: route.Decline, rule: route.RuleNever, reason: route.PrivateRequest},
		"a child":              {say: "天为什么是蓝的", marks: route.Marks{Child: true}, action: route.Decline, rule: route.RuleNever, reason: route.ChildMode},
		"a private tool":       {say: "读一下短信", judge: act("read_messages", "{}", 0.99), action: route.OnDevice, rule: route.RuleNever, reason: route.PrivateTool, tier: "ondevice"},
		"a private tool, 0.6":  {say: "短信说了啥", judge: act("read_messages", "{}", 0.6), action: route.AskUser, rule: route.RuleNever, reason: route.PrivateTool},
		"a private tool, 0.3":  {say: "总结一下妈妈的短信", judge: route.Judgement{Tools: []string{"read_messages"}, Confidence: 0.3}, action: route.Decline, rule: route.RuleNever, reason: route.PrivateTool},
		"a private tool, 0.01": {say: "天为什么是蓝的", judge: route.Judgement{Tools: []string{"read_messages"}, Confidence: 0.01}, action: route.ToCloud, rule: route.RuleUnderstood, reason: route.NotACommand, tier: "own"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.judge = func(*assistant.Request) (route.Judgement, error) { return c.judge, nil }
			r.marks = c.marks
			req := ask(c.say)
			if c.change != nil {
				c.change(req)
			}
			reply := r.reply(t, req)
			rec := r.book.last()
			require.Equal(t, []any{c.action, c.rule, c.reason, c.tier}, []any{rec.Action, rec.Rule, rec.Reason, rec.Tier})
			require.Len(t, r.book.records, 1)
			o := origin(t, reply)
			require.Equal(t, c.tier, o.Tier)
			require.Equal(t, c.rule, o.Rule)
			require.Equal(t, c.reason, o.Reason)
			require.Equal(t, rec.Place, o.Place)
			switch c.action {
			case route.OnDevice:
				require.Equal(t, "设备答。", reply.Text())
			case route.Decline:
				require.Equal(t, assistant.FinishRefusal, reply.Finish)
				require.Contains(t, reply.Text(), "本机可以：设闹钟、查天气、读短信。")
			case route.AskUser:
				require.Contains(t, reply.Text(), "？")
			}
			clouds := len(r.trusted.seen()) + len(r.partner.seen())
			require.Equal(t, c.action == route.ToCloud, clouds == 1, "%d clouds were asked", clouds)
		})
	}
}

func TestNoSuchModel(t *testing.T) {
	t.Parallel()
	req := ask("你好")
	req.Model = "gpt-9"
	_, err := assistant.Generate(t.Context(), newRig(t, nil), req)
	require.ErrorIs(t, err, assistant.ErrNotFound)
	require.ErrorContains(t, err, "gpt-9")
}

func TestBadMarksInRequest(t *testing.T) {
	t.Parallel()
	for want, fields := range map[string]map[string]any{
		"is a string":          {"private": "yes"},
		`unknown key "privat"`: {"privat": true},
		`["child"] is a <nil>`: {"child": nil},
	} {
		req := ask("你好")
		req.Extra = map[string]map[string]any{"route": fields}
		_, err := assistant.Generate(t.Context(), newRig(t, nil), req)
		require.ErrorIs(t, err, assistant.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
}

// A device that can write answers what must not leave, and what no cloud answers; the rest goes to a cloud.
func TestDeviceThatWrites(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *route.Config) { c.Abilities = route.Prose })
	require.Equal(t, "可信云答。", r.reply(t, ask("天为什么是蓝的")).Text())
	r.marks.Private = true
	require.Equal(t, "设备答。", r.reply(t, ask("天为什么是蓝的")).Text())
	req := ask("列三种茶")
	req.Format.Kind = assistant.FormatJSON
	require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish, "it cannot do everything")
	r.marks.Private = false
	r.trusted.set(assistanttest.Break(errNetwork))
	r.partner.set(assistanttest.Break(errNetwork))
	require.Equal(t, "设备答。", r.reply(t, ask("天为什么是蓝的")).Text())
	require.Equal(t, route.LastResort, r.book.last().Reason)
}

// A record says what was decided in one line, and nothing that was said.
func TestRecordInLogs(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c := newTalk(t, r)
	c.say("石榴是什么")
	c.say("13812345678呢")
	var out strings.Builder
	slog.New(slog.NewTextHandler(&out, nil)).Info("routed", "decision", r.book.last())
	require.Contains(t, out.String(), `decision.rule=understanding decision.action=cloud decision.reason="no command for the device" decision.policy=open decision.tier=own decision.verdict=refuse decision.confidence=0 decision.classes=[mobile] decision.turns=1 decision.withheld=0 decision.tools=3 decision.not_qwen="personal data that is kept"`)
	require.NotContains(t, out.String(), "138")
}

// Media are kept if the policy says nothing of them, and of every kind.
func TestMediaKept(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]assistant.Part{
		"a picture":   assistant.Image{Media: assistant.Media{Data: []byte("x"), URL: "data:image/png;base64,aa"}},
		"a recording": assistant.Audio{Media: assistant.Media{Data: []byte("x")}},
		"a film":      assistant.Video{Frames: []string{"https://example.com/1"}},
		"a document":  assistant.File{Name: "a.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(c *route.Config) { c.Policy.Trusted.Media, c.Policy.Partner.Media = "", route.Keep })
			req := ask("这是什么")
			req.Messages[0].Parts = append(req.Messages[0].Parts, part)
			reply := r.reply(t, req)
			require.Contains(t, reply.Text(), "图片和文件按设置不会发到云端")
			require.Equal(t, route.MediaKept, r.book.last().Reason)
			req.Messages = append(req.Messages, reply.Message, assistant.User("天为什么是蓝的"))
			require.Equal(t, "可信云答。", r.reply(t, req).Text())
			require.Equal(t, "user:天为什么是蓝的|", heard(r.trusted.seen()[0]))
		})
	}
}
