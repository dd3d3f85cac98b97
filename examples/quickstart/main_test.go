package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sunday is the clock of the tests: 2026-11-22, half past nine in the morning in Beijing.
var sunday = time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("CST", 8*60*60))

// runWith runs the program on the device and returns what it prints.
func runWith(t *testing.T, input string, terminal bool, args ...string) (out, log string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := &program{
		in: strings.NewReader(input), out: &stdout, log: &stderr, terminal: terminal,
		getenv: func(string) string { return "" },
		now:    func() time.Time { return sunday },
	}
	err = p.run(t.Context(), args)
	return stdout.String(), stderr.String(), err
}

func TestAsk(t *testing.T) {
	tomorrow := "2026-11-23T08:00:00+08:00"
	for question, want := range map[string][]string{
		"明天早上八点叫我起床":  {"明天早上8点", "起床", tomorrow},
		"给我推荐三样东西":    {"\n1. ", "\n2. ", "\n3. ", "买了"},
		"推荐两样茶饮":      {"\n1. ", "\n2. "},
		"帮我写一首关于秋天的诗": {"做不到", "DASHSCOPE_API_KEY", "-model qwen/qwen-plus"},
		"今天星期几":       {"2026年11月22日星期日"},
		"现在几点了":       {"上午9点半"},
		"十二乘以八等于几":    {"96"},
		"五公里是多少英里":    {"3.106856英里"},
		"定一个十分钟的倒计时":  {"10分钟", "T09:40:00"},
		"离元旦还有几天":     {"40天"},
		"半小时后提醒我关火":   {"关火", "T10:00:00"},
		"取消所有闹钟":      {"要取消所有闹钟吗", "不执行", "那就不做了"},
	} {
		out, _, err := runWith(t, "", false, "-ask", question)
		require.NoError(t, err, question)
		for _, w := range want {
			require.Contains(t, out, w, question)
		}
	}
}

func TestVendor(t *testing.T) {
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen(), Model: "qwen-plus"})
	srv.Script(
		providertest.Answer{Calls: []assistant.ToolCall{{ID: "call_1", Name: "set_alarm", Arguments: `{"time": "2026-11-23 08:00", "label": "起床"}`}}},
		providertest.Answer{Text: "好的，明早八点叫你。"},
	)
	t.Setenv("DASHSCOPE_API_KEY", srv.Key)
	t.Setenv("DASHSCOPE_COMPATIBLE_BASE_URL", srv.URL)
	for _, args := range [][]string{{"-model", "qwen/qwen-plus"}, nil} { // by name, and because its key is there
		var out, log bytes.Buffer
		p := &program{in: strings.NewReader(""), out: &out, log: &log, getenv: os.Getenv, now: func() time.Time { return sunday }}
		require.NoError(t, p.run(t.Context(), append(args, "-ask", "明天早上八点叫我起床")))
		if args != nil {
			require.Contains(t, out.String(), "好的，明早八点叫你。")
			require.Contains(t, out.String(), "T08:00:00+08:00 起床")
		}
	}
	require.Empty(t, srv.Refusals())
	first := string(srv.Requests()[0].Body)
	require.Contains(t, first, "现在是2026年11月22日星期日09:30")
	require.Contains(t, first, `"stream":true`)
	require.Len(t, srv.Requests(), 3)
}

func TestBatchCountsHowItWent(t *testing.T) {
	out, log, err := runWith(t, "今天星期几\n\n帮我写首诗\n三加五等于几\n", false)
	require.NoError(t, err)
	require.Equal(t, 3, strings.Count(out, "问："))
	require.Contains(t, log, "共 3 句：回答 2，婉拒 1，出错 0")
}

func TestConversationRemembersAlarms(t *testing.T) {
	out, _, err := runWith(t, "明天早上八点叫我起床\n我有哪些闹钟\n取消所有闹钟\n是\n看看闹钟\n", true)
	require.NoError(t, err)
	require.Contains(t, out, "有1个闹钟：明天早上8点起床")
	require.Contains(t, out, "已取消1个闹钟")
	require.Contains(t, out, "现在没有闹钟")
}

func TestBellRings(t *testing.T) {
	rang := make(chan string, 1)
	b := newBell(time.Now, func(text string) { rang <- text })
	_, err := b.StartTimer(t.Context(), skills.Timer{Label: "煮面", Ends: time.Now().Add(time.Millisecond)})
	require.NoError(t, err)
	require.Equal(t, "倒计时：煮面", <-rang)
	require.Zero(t, b.stop(), "a timer that rang is gone")
	_, err = b.SetAlarm(t.Context(), skills.Alarm{Time: time.Now().Add(-time.Second)})
	require.ErrorContains(t, err, "已经过去")
	daily := skills.Alarm{Time: time.Now().Add(time.Millisecond), Repeat: "FREQ=DAILY"}
	_, err = b.SetAlarm(t.Context(), daily)
	require.NoError(t, err)
	require.Equal(t, "闹钟", <-rang)
	require.Equal(t, 1, b.stop(), "what repeats stays")
}

func TestBadUse(t *testing.T) {
	_, _, err := runWith(t, "", false, "hello")
	require.ErrorContains(t, err, "put the question after -ask")
	_, _, err = runWith(t, "", false, "-model", "nobody/nothing")
	require.ErrorContains(t, err, "nobody")
	_, _, err = runWith(t, strings.Repeat("长", 1<<20), false)
	require.ErrorContains(t, err, "too long")
}

func TestInterruptLeavesNothing(t *testing.T) {
	assistanttest.CheckLeaks(t)
	ctx, cancel := context.WithCancel(t.Context())
	in, feed := io.Pipe()
	defer feed.Close()
	p := &program{
		in: in, out: &bytes.Buffer{}, log: &bytes.Buffer{}, terminal: true,
		getenv: func(string) string { return "" }, now: func() time.Time { return sunday },
	}
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, nil) }()
	_, err := feed.Write([]byte("定一个十分钟的倒计时\n"))
	require.NoError(t, err)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
}
