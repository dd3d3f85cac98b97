package route_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

// asking is a rig whose only cloud is a partner that the user must be asked about.
func asking(t *testing.T, how route.Asking, change func(c *route.Config)) *rig {
	return newRig(t, func(c *route.Config) {
		c.Clouds = c.Clouds[1:]
		c.Policy.Trusted = nil
		c.Policy.Partner.Consent = how
		c.Policy.Partner.Data = map[string]route.Handling{"documents": route.Keep}
		if change != nil {
			change(c)
		}
	})
}

// The user is asked before anything goes to a partner, once in a session; his question is answered then.
func TestAskBeforePartner(t *testing.T) {
	t.Parallel()
	r := asking(t, route.AskSession, nil)
	c := newTalk(t, r)
	reply := c.say("天为什么是蓝的")
	require.Equal(t, "这个问题要请“通义千问”来答，会把您的话发给它。可以吗？", reply.Text())
	require.Equal(t, assistant.FinishStop, reply.Finish)
	require.Empty(t, r.partner.seen())
	o := origin(t, reply)
	require.Equal(t, route.AskedConsent, o.Asked)
	require.Equal(t, "qwen", o.About)
	require.Equal(t, route.Device, o.Place)

	reply = c.say("可以。")
	require.Equal(t, "合作方答。", reply.Text())
	require.Equal(t, "user:天为什么是蓝的|", heard(r.partner.seen()[0]))
	require.True(t, origin(t, reply).Granted)

	require.Equal(t, "合作方答。", c.say("海呢").Text(), "asked once only")
	require.Equal(t, "user:天为什么是蓝的|assistant:这个问题要请“通义千问”来答，会把您的话发给它。可以吗？|user:可以。|assistant:合作方答。|user:海呢|",
		heard(r.partner.seen()[1]))

	r.marks.Session = "s2"
	require.Contains(t, newTalk(t, r).say("山呢").Text(), "可以吗？", "another session")
	r.marks = route.Marks{Subject: "u2", Session: "s1"}
	require.Contains(t, newTalk(t, r).say("山呢").Text(), "可以吗？", "another user")
	r.marks = route.Marks{Subject: "u1", Session: "s1"}
	r.consent.Withdraw("u1")
	require.Equal(t, assistant.FinishRefusal, c.say("山呢").Finish, "withdrawn")
	require.Equal(t, route.ConsentRefused, r.book.last().Reason)
	require.Len(t, r.partner.seen(), 2)
}

// What the user refused to send is not sent later either.
func TestRefusedConsent(t *testing.T) {
	t.Parallel()
	r := asking(t, route.AskAlways, nil)
	c := newTalk(t, r)
	c.say("我的石榴怎么种")
	reply := c.say("不要")
	require.Equal(t, "好的，没有发出去。", reply.Text())
	require.Equal(t, assistant.FinishStop, reply.Finish)
	require.Contains(t, c.say("天为什么是蓝的").Text(), "可以吗？", "asked every time")
	require.Equal(t, "合作方答。", c.say("好").Text())
	require.Equal(t, "user:天为什么是蓝的|", heard(r.partner.seen()[0]))
	c.say("海呢")
	c.say("嗯")
	require.NotContains(t, heard(r.partner.seen()[1]), "石榴")
	require.Contains(t, heard(r.partner.seen()[1]), "天为什么是蓝的")

	r = asking(t, route.AskSession, nil)
	c = newTalk(t, r)
	c.say("天为什么是蓝的")
	c.say("算了")
	require.Equal(t, assistant.FinishRefusal, c.say("海呢").Finish, "a no holds for the session")
	require.Empty(t, r.partner.seen())
}

// The user is asked once for each class of personal data.
func TestAskForEachClass(t *testing.T) {
	t.Parallel()
	r := asking(t, route.AskClass, nil)
	c := newTalk(t, r)
	c.say("天为什么是蓝的")
	c.say("好")
	require.Equal(t, "合作方答。", c.say("海呢").Text())
	require.Equal(t, "这个问题要请“通义千问”来答，会把您的话发给它，其中的手机号也在内。可以吗？", c.say("13812345678是哪里的").Text())
	require.Equal(t, "合作方答。", c.say("可以").Text())
	require.Equal(t, "合作方答。", c.say("13912345678呢").Text())
	require.Contains(t, c.say("a@example.com呢").Text(), "邮箱也在内")
	c.say("不")
	require.Equal(t, assistant.FinishRefusal, c.say("b@example.com呢").Finish)
	require.Equal(t, "合作方答。", c.say("山呢").Text())
	for _, req := range r.partner.seen() {
		require.NotContains(t, heard(req), "example.com")
	}
}

// A yes counts only as the answer to the question, soon after it.
func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := asking(t, route.AskSession, nil)
		c := newTalk(t, r)
		require.Equal(t, assistant.FinishRefusal, r.reply(t, &assistant.Request{Messages: []assistant.Message{assistant.User("好"), assistant.User("身份证" + document)}}).Finish)
		c.say("天为什么是蓝的")
		r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
		require.Equal(t, "设备答。", c.say("明天八点叫我").Text(), "a new command wins")
		r.judge = nil
		require.Contains(t, c.say("好").Text(), "可以吗？", "it answers nothing any more")
		time.Sleep(11 * time.Minute)
		require.Contains(t, c.say("可以").Text(), "可以吗？", "too late")
		require.Empty(t, r.partner.seen())
		require.Equal(t, "合作方答。", c.say("可以").Text())
		require.Equal(t, "user:可以|", heard(r.partner.seen()[0]))
	})
}

// broken is a consent that fails.
type broken struct{ standing, answer error }

func (b broken) Standing(context.Context, route.Question) (route.Standing, error) {
	return route.Unasked, b.standing
}

func (b broken) Answer(context.Context, route.Question, bool) error { return b.answer }

// Consent that cannot be read or kept is none.
func TestConsentFailsClosed(t *testing.T) {
	t.Parallel()
	r := asking(t, route.AskSession, func(c *route.Config) { c.Consent = broken{standing: errTest} })
	require.Equal(t, assistant.FinishRefusal, newTalk(t, r).say("天为什么是蓝的").Finish)
	require.Equal(t, route.ConsentUnknown, r.book.last().Reason)

	r = asking(t, route.AskSession, func(c *route.Config) { c.Consent = broken{answer: errTest} })
	c := newTalk(t, r)
	c.say("天为什么是蓝的")
	require.Equal(t, assistant.FinishRefusal, c.say("可以").Finish)

	for _, how := range []route.Asking{"", route.AskGiven} {
		r = asking(t, how, nil)
		require.Equal(t, assistant.FinishRefusal, newTalk(t, r).say("天为什么是蓝的").Finish)
		require.Equal(t, route.NoConsent, r.book.last().Reason)
		require.NoError(t, r.consent.Answer(t.Context(), route.Question{Subject: "u1", Tier: "qwen", Place: route.Partner}, true))
		require.Equal(t, "合作方答。", newTalk(t, r).say("天为什么是蓝的").Text())
	}

	for _, how := range []route.Asking{route.AskSession, route.AskClass} {
		r = asking(t, how, nil)
		r.marks = route.Marks{}
		c = newTalk(t, r)
		c.say("天为什么是蓝的")
		require.Equal(t, "合作方答。", c.say("可以").Text())
		require.Contains(t, c.say("海呢").Text(), "可以吗？", "of nobody in particular nothing is remembered, or it would be for everybody")
	}

	r = asking(t, route.AskSession, func(c *route.Config) { c.Consent = nil })
	c = newTalk(t, r)
	c.say("天为什么是蓝的")
	require.Equal(t, "合作方答。", c.say("可以").Text())
	require.Contains(t, c.say("海呢").Text(), "可以吗？")
}

// The router asks whether this was meant, and the device acts on what the user said then.
func TestAskBeforeAct(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.judge = func(req *assistant.Request) (route.Judgement, error) {
		if req.Messages[len(req.Messages)-1].Text() == "八点叫我" {
			j := act("set_alarm", `{"at":"08:00"}`, 0.8)
			j.Question = "是要定早上八点的闹钟吗？"
			return j, nil
		}
		return route.Judgement{}, nil
	}
	r.device.set(assistanttest.Call("set_alarm", `{"at":"08:00"}`))
	c := newTalk(t, r)
	require.Equal(t, "是要定早上八点的闹钟吗？", c.say("八点叫我").Text())
	require.Empty(t, r.device.seen())
	reply := c.say("是的")
	require.Equal(t, "set_alarm", reply.ToolCalls()[0].Name)
	require.Equal(t, "user:八点叫我|", heard(r.device.seen()[0]))
	require.Equal(t, route.UserAgreed, r.book.last().Reason)
	r.device.set(assistanttest.Say("好的，八点叫你。"))
	require.Equal(t, "好的，八点叫你。", c.result("{}").Text())

	c = newTalk(t, r)
	c.say("八点叫我")
	require.Equal(t, "好的，那就不办了。", c.say("不用了").Text())
	require.Equal(t, "可信云答。", c.say("是的").Text(), "nothing is asked any more")

	c = newTalk(t, r)
	c.say("八点叫我")
	require.Equal(t, "可信云答。", c.say("天为什么是蓝的").Text(), "a question captures nothing")

	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("pay", "{}", 1), nil }
	c = newTalk(t, r)
	require.Equal(t, "是要付款吗？", c.say("付钱").Text())
	c.say("好")
	require.Equal(t, "user:付钱|", heard(r.device.seen()[len(r.device.seen())-1]))
}

// A yes holds for the whole turn, tool results included, but not for another class of personal data.
func TestConsentHoldsForTheTurn(t *testing.T) {
	t.Parallel()
	for _, how := range []route.Asking{route.AskAlways, route.AskSession, route.AskClass} {
		r := asking(t, how, nil)
		r.partner.set(assistanttest.Call("weather", "{}"))
		c := newTalk(t, r)
		c.say("天为什么是蓝的")
		c.say("可以")
		r.partner.set(assistanttest.Say("合作方说结果。"))
		require.Equal(t, "合作方说结果。", c.result("晴").Text(), how)
		require.Contains(t, heard(r.partner.seen()[1]), "user:天为什么是蓝的|")
	}
	r := asking(t, route.AskClass, nil)
	r.partner.set(assistanttest.Call("weather", "{}"))
	c := newTalk(t, r)
	c.say("天为什么是蓝的")
	c.say("可以")
	require.Equal(t, "设备答。", c.result("a@example.com").Text())
	require.Len(t, r.partner.seen(), 1)
}

// Shadow mode asks nobody for consent: what needs it the device does, as ever.
func TestShadowAsksNobody(t *testing.T) {
	t.Parallel()
	r := asking(t, route.AskSession, func(c *route.Config) {
		c.Shadow = func(context.Context, route.Comparison) { t.Error("nothing was sent") }
	})
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
	require.Equal(t, "设备答。", r.reply(t, ask("明天八点叫我")).Text())
	require.Empty(t, r.partner.seen())
}
