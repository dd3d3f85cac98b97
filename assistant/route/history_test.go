package route_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

const document = "11010519491231002X"

// What went to the device only does not leak to a cloud in the history of a later turn.
func TestHistoryDoesNotLeak(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c := newTalk(t, r)

	require.Equal(t, assistant.FinishRefusal, c.say("身份证号"+document+"的人几岁？").Finish, "personal data that is kept")
	r.marks.Private = true
	c.say("我跟你说个秘密：石榴")
	r.marks.Private = false
	r.device.set(assistanttest.Call("read_messages", `{"from":"芒果"}`))
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("read_messages", "{}", 0.99), nil }
	c.say("读一下草莓的短信")
	r.device.set(assistanttest.Say("短信说：樱桃。"))
	c.result("樱桃")
	r.judge = nil
	r.marks.Child = true
	c.say("荔枝是什么")
	r.marks.Child = false
	require.Equal(t, "可信云答。", c.say("天为什么是蓝的").Text())
	r.marksErr = errTest
	c.say("葡萄是什么")
	r.marksErr = nil
	reply := c.say("海为什么是蓝的")
	require.Equal(t, "可信云答。", reply.Text())

	require.Len(t, r.trusted.seen(), 2)
	require.Equal(t, "user:天为什么是蓝的|", heard(r.trusted.seen()[0]))
	require.Equal(t, "user:天为什么是蓝的|assistant:可信云答。|user:海为什么是蓝的|", heard(r.trusted.seen()[1]))
	require.Contains(t, reply.Dropped, assistant.Dropped{Field: "Messages", Reason: "5 earlier turns were not sent"})
	require.Equal(t, 5, r.book.last().Withheld)
	require.Equal(t, 1, r.book.last().Turns)
	for _, req := range r.trusted.seen() {
		require.NotContains(t, toolNames(req), "read_messages")
		require.NotContains(t, toolNames(req), "pay", "it does not ask for consent itself")
		require.Contains(t, toolNames(req), "unlock")
		for _, m := range req.Messages {
			require.Nil(t, m.Origin)
		}
	}
}

// A turn that a trusted cloud may have, and a partner may not, stays out of the partner's history.
func TestHistoryByPlace(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	c := newTalk(t, r)
	c.say("13812345678是哪里的号？")
	require.Len(t, r.trusted.seen(), 1)
	r.trusted.set(assistanttest.Break(errNetwork))
	require.Equal(t, "合作方答。", c.say("天为什么是蓝的").Text())
	require.Equal(t, "user:天为什么是蓝的|", heard(r.partner.seen()[0]))
}

// Turns of the device go along only if the policy says so, and never more turns than it grants.
func TestHistoryAsGranted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		grant route.History
		heard string
	}{
		"none":       {route.History{}, "user:丁|"},
		"one":        {route.History{Turns: 1}, "user:丙|assistant:可信云答。|user:丁|"},
		"of clouds":  {route.History{Turns: 9}, "user:甲|assistant:可信云答。|user:丙|assistant:可信云答。|user:丁|"},
		"two, all":   {route.History{Turns: 2, Device: true}, "user:乙|assistant:设备答。|user:丙|assistant:可信云答。|user:丁|"},
		"all":        {route.History{Turns: 9, Device: true}, "user:甲|assistant:可信云答。|user:乙|assistant:设备答。|user:丙|assistant:可信云答。|user:丁|"},
		"unmarked":   {route.History{Turns: 9, Unmarked: true}, "assistant:从前|user:甲|assistant:可信云答。|user:丙|assistant:可信云答。|user:丁|"},
		"everything": {route.History{Turns: 9, Unmarked: true, Device: true}, "assistant:从前|user:甲|assistant:可信云答。|user:乙|assistant:设备答。|user:丙|assistant:可信云答。|user:丁|"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(cfg *route.Config) { cfg.Policy.Trusted.History = c.grant })
			r.judge = func(req *assistant.Request) (route.Judgement, error) {
				if req.Messages[len(req.Messages)-1].Text() == "乙" {
					return act("set_alarm", "{}", 1), nil
				}
				return route.Judgement{}, nil
			}
			talk := newTalk(t, r)
			talk.messages = []assistant.Message{assistant.Answer("从前")}
			for _, s := range []string{"甲", "乙", "丙", "丁"} {
				talk.say(s)
			}
			seen := r.trusted.seen()
			require.Equal(t, c.heard, heard(seen[len(seen)-1]))
		})
	}
}

// What is private only under the question before it is kept, or goes with the label that tells a masker.
func TestAnswersToQuestions(t *testing.T) {
	t.Parallel()
	for question, c := range map[string]struct{ answer, labelled string }{
		"好的。请问您的QQ号是多少？": {"284756391", "QQ号：284756391"},
		"请提供微信号。":        {"abc_12345", "微信号：abc_12345"},
		"您贵姓？":           {"张伟", "姓名：张伟"},
		"请问怎么称呼您？":       {"张伟。", "姓名：张伟。"},
		"旧的也行。身份证号是多少？":  {"110105491231002", "身份证号：110105491231002"},
		"您的生日是哪天？":       {"1990年1月2日", "出生日期：1990年1月2日"},
		"账号是多少？":         {"6222021234567890123", "银行卡号：6222021234567890123"},
	} {
		for _, handling := range []route.Handling{route.Keep, route.Mask} {
			for _, recalls := range []bool{false, true} {
				r := newRig(t, func(cfg *route.Config) {
					cfg.Policy.Trusted.Data, cfg.Policy.Trusted.Other = nil, handling
					cfg.Policy.Partner = nil
					cfg.Clouds[0].Recalls = recalls
				})
				r.trusted.set(assistanttest.Say(question))
				talk := newTalk(t, r)
				talk.say("你来问吧")
				if handling == route.Mask && recalls {
					talk.say(c.answer)
					r.trusted.set(assistanttest.Say("好的"))
					talk.say("接着说")
					for _, req := range r.trusted.seen()[1:] {
						require.Contains(t, heard(req), "|user:"+c.labelled+"|")
					}
					continue
				}
				require.Equal(t, assistant.FinishRefusal, talk.say(c.answer).Finish, "%s %s", question, c.answer)
				talk.say("接着说")
				for _, req := range r.trusted.seen() {
					require.NotContains(t, heard(req), c.answer)
				}
			}
		}
	}
	for question, answer := range map[string]string{
		"您的手机是什么牌子？": "华为 Mate 60",
		"这首歌叫什么名字？":  "稻香",
		"几点出发？":      "明天八点",
	} {
		r := newRig(t, func(c *route.Config) { c.Policy.Trusted.Data, c.Policy.Trusted.Other = nil, route.Keep })
		r.trusted.set(assistanttest.Say(question))
		c := newTalk(t, r)
		c.say("你来问吧")
		require.Equal(t, question, c.say(answer).Text(), answer)
	}
}

// Data that is hidden from a reader of single texts is kept where it would have to be masked.
func TestHiddenData(t *testing.T) {
	t.Parallel()
	for name, parts := range map[string][]assistant.Part{
		"cut in two":           {assistant.Text{Text: "打给1381234"}, assistant.Text{Text: "5678"}},
		"escaped digits":       {assistant.Text{Text: `{"phone":"\u0031\u0033\u0038\u0031\u0032\u0033\u0034\u0035\u0036\u0037\u0038"}`}},
		"escaped label":        {assistant.Text{Text: `{"\u59d3\u540d":"\u5f20\u4f1f"}`}},
		"address of a picture": {assistant.Text{Text: "看"}, assistant.Image{Media: assistant.Media{URL: "https://x.cn/身份证号11010519491231002X.png"}}},
		"name of a file":       {assistant.File{Name: "身份证11010519491231002X.pdf", Media: assistant.Media{FileID: "f"}}},
		"a transcript":         {assistant.Audio{Transcript: "身份证11010519491231002X", Media: assistant.Media{Data: []byte("x")}}},
		"a citation":           {assistant.Text{Text: "看"}, assistant.Citation{Snippet: "身份证11010519491231002X"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(c *route.Config) {
				c.Policy.Trusted.Other = route.Mask
				c.Policy.Partner = nil
			})
			req := ask("")
			req.Messages[0].Parts = parts
			require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish)
			require.Equal(t, route.PersonalData, r.book.last().Reason)
		})
	}
}

// What stands beside the messages is looked into as well.
func TestBesideMessages(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	req := ask("天为什么是蓝的")
	req.Messages = append([]assistant.Message{assistant.System("用户身份证" + document), assistant.System("回答简短。")}, req.Messages...)
	req.User = "13812345678"
	req.Extra = map[string]map[string]any{"qwen": {"a": document}, "own": {"b": 1}, "route": {"private": false}}
	req.Tools = append(req.Tools, &assistant.ToolSpec{Name: "call", Description: "打电话", Schema: []byte(`{"enum":["13812345678"]}`)})
	reply := r.reply(t, req)
	require.Equal(t, "可信云答。", reply.Text())
	seen := r.trusted.seen()[0]
	require.Equal(t, "system:回答简短。|user:天为什么是蓝的|", heard(seen))
	require.Empty(t, seen.User)
	require.Equal(t, map[string]map[string]any{"own": {"b": 1}}, seen.Extra)
	require.NotContains(t, toolNames(seen), "call")
	var fields []string
	for _, d := range reply.Dropped {
		fields = append(fields, d.Field)
		require.NotContains(t, d.String(), document)
	}
	require.Equal(t, []string{"Messages[0]", "Tools", "User", "Extra[qwen]"}, fields)
	require.Equal(t, document, req.Extra["qwen"]["a"], "the request must not change")
	require.Len(t, req.Messages, 3)

	req = ask("列三种茶")
	req.Format = assistant.Format{Kind: assistant.FormatSchema, Schema: []byte(`{"enum":["13812345678"]}`)}
	require.Equal(t, assistant.FinishRefusal, r.reply(t, req).Finish, "no masker changes a schema")
}

// A cloud's tool returns what must not leave: the device says it.
func TestPrivateToolResult(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.trusted.set(assistanttest.Call("weather", `{}`))
	r.device.set(assistanttest.Say("设备说结果。"))
	c := newTalk(t, r)
	c.say("问个事")
	require.Equal(t, "设备说结果。", c.result("身份证"+document).Text())
	require.Equal(t, route.Record{Action: route.OnDevice, Rule: route.RuleGoesOn, Reason: route.PersonalData},
		route.Record{Action: r.book.last().Action, Rule: r.book.last().Rule, Reason: r.book.last().Reason})
	require.Len(t, r.trusted.seen(), 1)

	r.trusted.set(assistanttest.Call("weather", `{}`))
	c = newTalk(t, r)
	c.say("问个事")
	r.trusted.set(assistanttest.Say("云端说结果。"))
	require.Equal(t, "云端说结果。", c.result("晴").Text(), "whoever called says it")
	require.Contains(t, heard(r.trusted.seen()[2]), "tool:晴")
}

// What was private under its label is private without it: in what a model repeats, in what the user says next.
func TestPrivateDataSaidAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		handling route.Handling
		answer   string // to the first sentence
		next     string
		finish   assistant.FinishReason
		heard    string // by the cloud, last
	}{
		"kept, said again":       {route.Keep, "", "赵子涵的贺卡怎么写", assistant.FinishRefusal, ""},
		"kept, not said again":   {route.Keep, "", "贺卡怎么写", assistant.FinishStop, "user:贺卡怎么写|"},
		"masked, repeated":       {route.Mask, "赵子涵您好", "贺卡怎么写", assistant.FinishStop, "user:我叫赵子涵，写首诗|assistant:赵子涵您好|user:贺卡怎么写|"},
		"masked, said again":     {route.Mask, "您好", "赵子涵的贺卡怎么写", assistant.FinishStop, "user:我叫赵子涵，写首诗|assistant:您好|user:赵子涵的贺卡怎么写|"},
		"sent, said again":       {route.Send, "赵子涵您好", "赵子涵的贺卡怎么写", assistant.FinishStop, "user:我叫赵子涵，写首诗|assistant:赵子涵您好|user:赵子涵的贺卡怎么写|"},
		"masked, in the last":    {route.Mask, "您好", "我是赵子涵，就是赵子涵", assistant.FinishStop, "user:我叫赵子涵，写首诗|assistant:您好|user:我是赵子涵，就是赵子涵|"},
		"kept, part of a number": {route.Keep, "", "11010519491231是什么", assistant.FinishStop, "user:11010519491231是什么|"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(cfg *route.Config) {
				cfg.Clouds = cfg.Clouds[:1]
				cfg.Clouds[0].Recalls = true
				cfg.Policy.Trusted.Data["name"] = c.handling
			})
			r.trusted.set(assistanttest.Say(c.answer + "。"))
			if c.answer != "" {
				r.trusted.set(assistanttest.Say(c.answer))
			}
			talk := newTalk(t, r)
			talk.say("我叫赵子涵，写首诗")
			require.Equal(t, c.finish, talk.say(c.next).Finish)
			if c.heard != "" {
				seen := r.trusted.seen()
				require.Equal(t, c.heard, heard(seen[len(seen)-1]))
			}
		})
	}
	// A masker cannot know what was said in a turn that stays at home: there is no more history than one turn.
	r := newRig(t, func(cfg *route.Config) {
		cfg.Clouds = cfg.Clouds[:1]
		cfg.Clouds[0].Recalls = true
		cfg.Policy.Trusted.Data["name"] = route.Mask
		cfg.Policy.Trusted.History.Turns = 1
	})
	r.trusted.set(assistanttest.Say("赵子涵您好"))
	c := newTalk(t, r)
	c.say("我叫赵子涵，写首诗")
	c.say("再写一首")
	require.Equal(t, "user:我叫赵子涵，写首诗|assistant:赵子涵您好|user:再写一首|", heard(r.trusted.seen()[1]))
	c.say("再写一首")
	require.Equal(t, "user:再写一首|", heard(r.trusted.seen()[2]), "the turn before repeats the name, and the name's own turn is too far back")
	require.Equal(t, assistant.FinishRefusal, c.say("赵子涵的贺卡怎么写").Finish)

	// Nor can one that looks at each text by itself.
	r = newRig(t, func(cfg *route.Config) {
		cfg.Clouds = cfg.Clouds[:1]
		cfg.Policy.Trusted.Data["name"] = route.Mask
	})
	r.trusted.set(assistanttest.Say("赵子涵您好"))
	c = newTalk(t, r)
	c.say("我叫赵子涵，写首诗")
	c.say("再写一首")
	require.Equal(t, "user:再写一首|", heard(r.trusted.seen()[1]))
	require.Equal(t, assistant.FinishRefusal, c.say("赵子涵的贺卡怎么写").Finish)

	// Nor a partner that does not mask.
	r = newRig(t, func(cfg *route.Config) {
		cfg.Clouds = cfg.Clouds[1:]
		cfg.Policy.Partner.Data["name"] = route.Mask
	})
	c = newTalk(t, r)
	require.Equal(t, assistant.FinishRefusal, c.say("我叫赵子涵，写首诗").Finish)
	require.Equal(t, assistant.FinishRefusal, c.say("赵子涵的贺卡怎么写").Finish)
	require.Equal(t, "合作方答。", c.say("贺卡怎么写").Text())
	require.Len(t, r.partner.seen(), 1)

	// A system message that says it again is left out.
	r = newRig(t, func(cfg *route.Config) { cfg.Policy.Trusted.Data["name"] = route.Keep })
	c = newTalk(t, r)
	c.messages = []assistant.Message{assistant.System("用户是赵子涵。")}
	c.say("我叫赵子涵，写首诗")
	c.say("贺卡怎么写")
	require.Equal(t, "user:贺卡怎么写|", heard(r.trusted.seen()[0]))
}

// A turn that is tried again after an answer that broke off is judged by what the user said.
func TestTriedAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.judge = func(req *assistant.Request) (route.Judgement, error) {
		require.Equal(t, assistant.RoleUser, req.Messages[len(req.Messages)-1].Role)
		return act("read_messages", "{}", 0.99), nil
	}
	c := newTalk(t, r)
	c.messages = []assistant.Message{assistant.User("读一下短信"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "好"}}}}
	require.Equal(t, "设备答。", c.next().Text())
	require.Empty(t, r.trusted.seen())
	r.judge = func(*assistant.Request) (route.Judgement, error) { return route.Judgement{}, nil }
	c.messages = []assistant.Message{assistant.User("天为什么是蓝的"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "因为"}}}}
	c.next()
	require.Equal(t, "user:天为什么是蓝的|assistant:因为|", heard(r.trusted.seen()[0]))
}

// Turns of which it is not known where they were answered are looked into as any others, if they may go at all.
func TestUnmarkedTurns(t *testing.T) {
	t.Parallel()
	call := assistant.ToolCall{ID: "1", Name: "read_messages", Arguments: "{}"}
	turn := func(said string, rest ...assistant.Message) []assistant.Message {
		return append([]assistant.Message{assistant.User(said)}, rest...)
	}
	for name, c := range map[string]struct {
		turn    []assistant.Message
		consent route.Asking
		goes    bool
	}{
		"harmless":          {turn("石榴", assistant.Answer("甜")), route.AskNobody, true},
		"a private tool":    {turn("石榴", assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{call}}, assistant.Results(assistant.ToolResult{ID: "1"})), route.AskNobody, false},
		"a private result":  {turn("石榴", assistant.Results(assistant.ToolResult{ID: "1", Name: "read_messages"})), route.AskNobody, false},
		"of a tool gone":    {turn("石榴", assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "gone", Private: true}}}, assistant.Results(assistant.ToolResult{ID: "1", Name: "gone"})), route.AskNobody, false},
		"of a plain one":    {turn("石榴", assistant.Results(assistant.ToolResult{ID: "1", Name: "gone"})), route.AskNobody, true},
		"a document":        {turn("石榴"+document, assistant.Answer("甜")), route.AskNobody, false},
		"in the answer":     {turn("石榴", assistant.Answer("身份证"+document)), route.AskNobody, false},
		"a class not asked": {turn("石榴a@example.com", assistant.Answer("甜")), route.AskClass, false},
		"a picture":         {turn("石榴", assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Image{}}}), route.AskNobody, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(cfg *route.Config) {
				cfg.Policy.Trusted.History.Unmarked, cfg.Policy.Trusted.Consent, cfg.Policy.Trusted.Media = true, c.consent, ""
			})
			require.NoError(t, r.consent.Answer(t.Context(), route.Question{Subject: "u1", Tier: "own", Place: route.Trusted}, true))
			talk := newTalk(t, r)
			talk.messages = c.turn
			require.Equal(t, "可信云答。", talk.say("天为什么是蓝的").Text())
			if c.goes {
				require.Contains(t, heard(r.trusted.seen()[0]), "石榴")
			} else {
				require.Equal(t, "user:天为什么是蓝的|", heard(r.trusted.seen()[0]))
			}
		})
	}
}

// A turn that began where a partner was out of the question does not end at one.
func TestTurnStaysWithinReach(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *route.Config) { c.Policy.Child = route.Trusted })
	r.marks.Child = true
	r.trusted.set(assistanttest.Call("weather", "{}"))
	c := newTalk(t, r)
	c.say("问个事")
	r.marks.Child = false
	r.trusted.set(assistanttest.Break(errNetwork))
	require.Equal(t, "设备答。", c.result("晴").Text())
	require.Empty(t, r.partner.seen())
}

// A turn that is left out takes with it what only it told to a masker.
func TestTurnsLeftOutOneAfterTheOther(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(cfg *route.Config) {
		cfg.Clouds = cfg.Clouds[:1]
		cfg.Clouds[0].Recalls = true
		cfg.Policy.Trusted.Other = route.Mask
		cfg.Policy.Trusted.History.Turns = 2
	})
	c := newTalk(t, r)
	c.say("我叫赵子涵，写首诗")
	r.trusted.set(assistanttest.Say("赵子涵您好"))
	c.say("我的QQ号284756391，写首诗")
	require.Contains(t, heard(r.trusted.seen()[1]), "赵子涵")
	r.trusted.set(assistanttest.Say("284756391您好"))
	c.say("再写一首")
	c.say("再写一首")
	require.Equal(t, "user:再写一首|", heard(r.trusted.seen()[3]), "the name's turn is too far back, so the number's must not go, so what repeats that must not either")
}
