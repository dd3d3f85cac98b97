package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write transcript.txt")

// conversation is what a user says to the program, one turn a line. It asks back, corrects himself,
// mishears names, and says two things at once.
const conversation = `你好
你能做什么
明天早上八点叫我起床
改成七点半
工作日早上七点的闹钟
我有哪些闹钟
把明天七点半的闹钟改到八点
提醒我交水费
明天下午三点
半小时后提醒我关火
我有哪些提醒
煮面计时三分钟
计时器还剩多久
打开客厅的灯，再把空调调到二十六度
太亮了，把客厅的灯调到百分之四十
卧室呢
打开观影模是
客厅的灯是什么状态
给章伟打电话
好的
给王芳发消息
我晚点到
不
有没有新消息
今天星期几
离元旦还有几天
那春节呢
国庆怎么调休
今天农历几号
十二乘以八等于几
五公里是多少英里
给我推荐三样茶饮
把第二个加到购物车
有没有一百块以下的保温杯
再买两盒铁观音加购物车
购物车里有什么
把周五下午两点的面试加到日程
周五有什么安排
写一首关于秋天的诗
取消所有闹钟
是
算了
谢谢，再见
`

// TestTranscript has the conversation in the terminal and compares what is on the screen with
// transcript.txt.
func TestTranscript(t *testing.T) {
	var screen bytes.Buffer
	p := &program{
		in: &typist{strings.SplitAfter(conversation, "\n"), &screen}, out: &screen, log: io.Discard, terminal: true,
		getenv: func(string) string { return "" },
		now:    func() time.Time { return sunday },
	}
	require.NoError(t, p.run(t.Context(), nil))
	if *update {
		require.NoError(t, os.WriteFile("transcript.txt", screen.Bytes(), 0o644))
		return
	}
	want, err := os.ReadFile("transcript.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), screen.String(), "if this is better, run the test with -update")
}

// A typist types one line whenever the program wants to read, and sees it on the screen.
type typist struct {
	lines  []string
	screen io.Writer
}

func (y *typist) Read(b []byte) (int, error) {
	if len(y.lines) == 0 {
		return 0, io.EOF
	}
	n := copy(b, y.lines[0])
	_, err := y.screen.Write(b[:n])
	if y.lines[0] = y.lines[0][n:]; y.lines[0] == "" {
		y.lines = y.lines[1:]
	}
	return n, err
}
