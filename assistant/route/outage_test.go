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

// trusting is a rig with a trusted cloud only.
func trusting(t *testing.T, change func(c *route.Config)) *rig {
	return newRig(t, func(c *route.Config) {
		c.Clouds = c.Clouds[:1]
		if change != nil {
			change(c)
		}
	})
}

// The plug of the network is pulled and put back: the user gets a plain sentence at once, commands go on,
// and the cloud is asked again after a while.
func TestOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := trusting(t, nil)
		start := time.Now()
		c := newTalk(t, r)
		require.Equal(t, "可信云答。", c.say("天为什么是蓝的").Text())
		r.trusted.set(assistanttest.Break(errNetwork))
		reply := c.say("海为什么是蓝的")
		require.Equal(t, "现在连不上网，这件事要等网络恢复了再办。本机可以：设闹钟、查天气、读短信。", reply.Text())
		require.Equal(t, assistant.FinishRefusal, reply.Finish)
		require.Equal(t, route.LastResort, r.book.last().Reason)
		require.Len(t, r.trusted.seen(), 2)

		status := r.Status(t.Context())
		require.Equal(t, route.Status{Tier: "ondevice", Place: route.Device, State: route.Ready}, status[0])
		require.Equal(t, route.Offline, status[1].State)
		require.Equal(t, start, status[1].Since)
		require.Equal(t, start.Add(5*time.Second), status[1].Retry)

		require.Equal(t, assistant.FinishRefusal, c.say("海为什么是蓝的").Finish)
		require.Len(t, r.trusted.seen(), 2, "nobody waits for a network that is not there")
		require.Equal(t, []route.Barred{{Tier: "own", Reason: route.Unavailable, State: route.Offline}}, r.book.last().Barred)
		r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
		require.Equal(t, "设备答。", c.say("明天八点叫我").Text())
		r.judge = nil

		for i, pause := range []time.Duration{5, 10, 20, 40, 80, 160, 300, 300} {
			time.Sleep(pause*time.Second - time.Millisecond)
			c.say("在吗")
			require.Len(t, r.trusted.seen(), 2+i)
			time.Sleep(time.Millisecond)
			require.Equal(t, route.Degraded, r.Status(t.Context())[1].State)
			c.say("在吗")
			require.Len(t, r.trusted.seen(), 3+i)
			require.Equal(t, start, r.Status(t.Context())[1].Since, "it is the same outage")
		}
		r.trusted.set(assistanttest.Say("回来了。"))
		time.Sleep(5 * time.Minute)
		require.Equal(t, "回来了。", c.say("海为什么是蓝的").Text())
		status = r.Status(t.Context())
		require.Equal(t, route.Ready, status[1].State)
		require.Equal(t, time.Now(), status[1].Since)

		r.trusted.set(assistanttest.Break(errNetwork))
		c.say("在吗")
		require.Equal(t, time.Now().Add(5*time.Second), r.Status(t.Context())[1].Retry, "another outage begins anew")
	})
}

// Each way to fail has a state of its own, and the vendor's own wish counts.
func TestStates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		states []route.State // after so many failures
		retry  time.Duration // after the first
		says   string
	}{
		"no network":      {errNetwork, []route.State{route.Offline}, 5 * time.Second, "现在连不上网"},
		"no money":        {&assistant.Error{Kind: assistant.ErrQuota, RetryAfter: 9 * time.Hour}, []route.State{route.Quota}, 9 * time.Hour, "额度用完了"},
		"too many":        {&assistant.Error{Kind: assistant.ErrRateLimited, RetryAfter: time.Minute}, []route.State{route.RateLimited}, time.Minute, "过一会儿再问"},
		"unwell":          {&assistant.Error{Kind: assistant.ErrServer}, []route.State{route.Degraded, route.Failing}, 0, "过一会儿再问"},
		"silent":          {&assistant.Error{Kind: assistant.ErrTimeout}, []route.State{route.Degraded, route.Failing}, 0, "过一会儿再问"},
		"an open circuit": {&assistant.Error{Kind: assistant.ErrOverloaded, RetryAfter: 30 * time.Second}, []route.State{route.Failing}, 30 * time.Second, "过一会儿再问"},
		"a wrong key":     {&assistant.Error{Kind: assistant.ErrAuth}, []route.State{route.Rejected}, 5 * time.Second, "没有可用的云端模型"},
		"no such model":   {&assistant.Error{Kind: assistant.ErrNotFound}, []route.State{route.Rejected}, 5 * time.Second, "没有可用的云端模型"},
		"something else":  {errTest, []route.State{route.Degraded, route.Failing}, 0, "过一会儿再问"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := trusting(t, nil)
				r.trusted.set(assistanttest.Break(c.err))
				for i, state := range c.states {
					reply := r.reply(t, ask("天为什么是蓝的"))
					require.Contains(t, reply.Text(), c.says)
					status := r.Status(t.Context())[1]
					require.Equal(t, state, status.State)
					if i == 0 && c.retry > 0 {
						require.Equal(t, time.Now().Add(c.retry), status.Retry)
					}
				}
			})
		})
	}
}

// What is wrong with the request is the caller's to know, and says nothing of the cloud.
func TestErrorsOfTheRequest(t *testing.T) {
	t.Parallel()
	for _, kind := range []assistant.ErrorKind{assistant.ErrInvalid, assistant.ErrBlocked, assistant.ErrContextLength} {
		r := newRig(t, nil)
		r.trusted.set(assistanttest.Break(&assistant.Error{Kind: kind}))
		_, err := assistant.Generate(t.Context(), r, ask("天为什么是蓝的"))
		require.ErrorIs(t, err, kind)
		require.Empty(t, r.partner.seen())
		require.Equal(t, route.Ready, r.Status(t.Context())[1].State)
	}
}

// What the application knows of a tier comes first.
func TestKnownStates(t *testing.T) {
	t.Parallel()
	since, retry := time.Unix(1, 0), time.Unix(2, 0)
	for state, says := range map[route.State]string{
		route.NeedsDownload: "没有可用的云端模型", route.Downloading: "没有可用的云端模型", route.NotEligible: "没有可用的云端模型",
		route.DisabledByUser: "没有可用的云端模型", route.DisabledByRegion: "没有可用的云端模型", route.Offline: "连不上网", route.Quota: "额度用完了",
	} {
		r := trusting(t, func(c *route.Config) {
			c.Clouds[0].Check = func(context.Context) route.Status { return route.Status{State: state, Since: since, Retry: retry} }
		})
		require.Contains(t, r.reply(t, ask("天为什么是蓝的")).Text(), says, state)
		require.Equal(t, route.Status{Tier: "own", Place: route.Trusted, State: state, Since: since, Retry: retry}, r.Status(t.Context())[1])
		require.Empty(t, r.trusted.seen())
	}
	// A device that is not there yet: commands go to the cloud, private ones nowhere.
	r := newRig(t, func(c *route.Config) {
		c.Device.Check = func(context.Context) route.Status { return route.Status{State: route.Downloading} }
	})
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
	require.Equal(t, "这是私密的内容，不会发到云端，本机又办不了。", r.reply(t, ask("读短信")).Text(), "nobody can tell what it is for")
	req := ask("明天八点叫我")
	req.Tools = req.Tools[:2]
	require.Equal(t, "可信云答。", r.reply(t, req).Text())
	require.Empty(t, r.device.seen())
}

// The next cloud answers if the first one fails before it has said anything, and the answer says so.
func TestNextCloud(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.trusted.set(assistanttest.Break(errNetwork, assistant.Chunk{Meta: &assistant.Meta{Vendor: "own"}}))
	r.partner.set(assistanttest.Chunks(assistant.Chunk{Text: "答", Meta: &assistant.Meta{Vendor: "qwen", Model: "m"}}, assistant.Chunk{Finish: assistant.FinishStop}))
	reply := r.reply(t, ask("天为什么是蓝的"))
	require.Equal(t, "答", reply.Text())
	require.Equal(t, "qwen", reply.Vendor)
	require.Contains(t, reply.Dropped, assistant.Dropped{Field: "Model", Reason: "own failed: network failed"})
	require.Equal(t, route.Failed, r.book.last().After)
	require.Len(t, r.book.records, 2, "each request that is sent has a record")
}

// An answer that breaks off ends in a sentence; calls of such an answer never run.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chunks []assistant.Chunk
		text   string
		finish assistant.FinishReason
	}{
		"in words":    {[]assistant.Chunk{{Text: "因为光"}, {Text: "的"}}, "因为光的……（网络断了，后面的没有收到。）", assistant.FinishOther},
		"in thoughts": {[]assistant.Chunk{{Reasoning: "想想"}}, "现在连不上网，这件事要等网络恢复了再办。本机可以：设闹钟、查天气、读短信。", assistant.FinishRefusal},
	} {
		r := trusting(t, nil)
		r.trusted.set(assistanttest.Break(errNetwork, c.chunks...))
		reply := r.reply(t, ask("天为什么是蓝的"))
		require.Equal(t, c.text, reply.Text(), name)
		require.Equal(t, c.finish, reply.Finish)
		origin(t, reply)
	}
	for name, chunks := range map[string][]assistant.Chunk{
		"after a call":       {{Text: "好"}, {ToolCalls: []assistant.ToolCall{{ID: "1", Name: "weather", Arguments: "{}"}}}},
		"after a retraction": {{Text: "好"}, {Retract: &assistant.Retraction{}}},
		"after a citation":   {{Text: "好"}, {Parts: []assistant.Part{assistant.Citation{URL: "u"}}}},
	} {
		r := trusting(t, nil)
		r.trusted.set(assistanttest.Break(errNetwork, chunks...))
		_, err := assistant.Generate(t.Context(), r, ask("天为什么是蓝的"))
		require.ErrorIs(t, err, assistant.ErrNetwork, name)
	}
}

// Cancelling is no failure of a cloud, and asks no other one.
func TestCancelled(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.trusted.set(assistanttest.Hang())
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	_, err := assistant.Generate(ctx, r, ask("天为什么是蓝的"))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, r.partner.seen())
	require.Equal(t, route.Ready, r.Status(t.Context())[1].State)
}

// A device that fails is helped out by a cloud, where that may be.
func TestDeviceFails(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.device.set(assistanttest.Break(errTest))
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
	require.Equal(t, "可信云答。", r.reply(t, ask("明天八点叫我")).Text())
	require.Equal(t, route.DeviceFailed, r.book.last().Reason)

	r = trusting(t, nil)
	r.device.set(assistanttest.Break(errTest))
	r.trusted.set(assistanttest.Break(errNetwork))
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
	require.Contains(t, r.reply(t, ask("明天八点叫我")).Text(), "连不上网")

	r.marks.Private = true
	r.device.set(assistanttest.Break(errTest))
	require.NotPanics(t, func() {
		_, err := assistant.Generate(t.Context(), r, ask("明天八点叫我"))
		require.Error(t, err)
	})
}

// If a decision cannot be recorded nothing leaves.
func TestRecorderFailsClosed(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.book.err = errTest
	require.Equal(t, assistant.FinishRefusal, r.reply(t, ask("天为什么是蓝的")).Finish)
	require.Empty(t, r.trusted.seen())
	require.Empty(t, r.partner.seen())
	r.judge = func(*assistant.Request) (route.Judgement, error) { return act("set_alarm", "{}", 1), nil }
	require.Equal(t, "设备答。", r.reply(t, ask("明天八点叫我")).Text(), "the device acts")
}
