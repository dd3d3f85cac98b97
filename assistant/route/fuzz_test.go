package route_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Whatever is said in whichever order, answered by whomever: what a cloud gets holds nothing that is kept,
// and nothing that was said where it must not leave.
func FuzzNothingLeaves(f *testing.F) {
	f.Add("天为什么是蓝的", "我叫赵子涵", "赵子涵是谁", "您的QQ号是多少？", uint16(0b0010))
	f.Add("身份证11010519491231002X", `"\u59d3\u540d\uff1a\u5f20\u4f1f"`, "可以", "好", uint16(0x0f3c))
	f.Add("是的", "不要", "13812345678", "〔手机号1〕", uint16(0xffff))
	f.Fuzz(func(t *testing.T, a, b, c, answer string, bits uint16) {
		r := newRig(t, func(cfg *route.Config) {
			for _, g := range []*route.Grant{cfg.Policy.Trusted, cfg.Policy.Partner} {
				g.Data, g.Other = nil, route.Keep
				g.History.Unmarked = bits&1 != 0
			}
			if bits&2 != 0 {
				cfg.Policy.Partner.Consent = route.AskSession
			}
		})
		r.device.set(assistanttest.Say(answer + "。"))
		r.trusted.set(assistanttest.Say(answer + "？"))
		if bits&4 != 0 {
			r.trusted.set(assistanttest.Break(errNetwork))
		}
		talk := newTalk(t, r)
		var private []string
		for i, said := range []string{a, b, c, "天为什么是蓝的"} {
			r.marks.Private = bits>>(4+i)&1 != 0
			r.judge = func(*assistant.Request) (route.Judgement, error) {
				switch bits >> (8 + 2*i) & 3 {
				case 1:
					return act("set_alarm", "{}", 1), nil
				case 2:
					return act("set_alarm", "{}", 0.7), nil
				case 3:
					return route.Judgement{Verdict: route.Ask, Confidence: 0.9, Fills: true}, nil
				}
				return route.Judgement{}, nil
			}
			if r.marks.Private {
				said = "密语" + string(rune('甲'+i)) + said
				private = append(private, "密语"+string(rune('甲'+i)))
			}
			talk.say(said)
		}
		for _, req := range slices.Concat(r.trusted.seen(), r.partner.seen()) {
			for _, m := range req.Messages {
				for x := range privacy.Find(m.Text()) {
					t.Errorf("%v left in %q", x.Type, m.Text())
				}
				for _, p := range private {
					require.False(t, strings.Contains(m.Text(), p), "%q left", m.Text())
				}
			}
		}
	})
}
