package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
)

// said has a person say lines to the terminal, and returns what it prints.
func said(t *testing.T, s *shop, user string, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	term := &terminal{shop: s, out: &out, user: user}
	require.NoError(t, term.talk(t.Context(), strings.NewReader(strings.Join(lines, "\n"))))
	return out.String()
}

// entry is a line of a list of goods: number, title, price, reason.
var entry = regexp.MustCompile(`(?m)^(?:> )? ?(\d+)\. (.+)　¥[\d.]+　—— .+$`)

// lists are the titles of all lists of an output.
func lists(out string) (all [][]string) {
	for _, m := range entry.FindAllStringSubmatch(out, -1) {
		if m[1] == "1" {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], m[2])
	}
	return all
}

func TestBuyingChangesTheList(t *testing.T) {
	t.Parallel()
	out := said(t, openQuick(t), "买家", "猫粮", "买 1", "买第二件", "我的标签")
	require.Contains(t, out, "第一次来吧")
	l := lists(out)
	require.Len(t, l, 4)
	bought := l[1][0]
	require.Contains(t, out, "买了「"+bought+"」")
	require.NotContains(t, l[2], bought)
	require.NotEqual(t, l[0], l[2], "one purchase counts from the next answer on")
	require.Contains(t, strings.Join(l[2], " "), "猫")
	require.Contains(t, out, "类别「宠物」")
}

func TestEveryDeedIsRecorded(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	out := said(t, s, "什么都做的人", "看 1", "加购2", "喜欢 三", "买 1", "不喜欢 1", "买 99", "为什么 99")
	require.Contains(t, out, "看了它的人还喜欢：")
	require.Contains(t, out, "放进购物车「")
	require.Contains(t, out, "记下了，喜欢「")
	require.Contains(t, out, "不再推荐「")
	require.Equal(t, 2, strings.Count(out, "单子上只有 1 到 8"))
	data, err := s.engine.Export(t.Context(), "什么都做的人")
	require.NoError(t, err)
	var held recommend.Held
	require.NoError(t, json.Unmarshal(data, &held))
	var kinds []recommend.Kind
	for _, e := range held.Events {
		kinds = append(kinds, e.Kind)
	}
	require.ElementsMatch(t, []recommend.Kind{recommend.View, recommend.Cart, recommend.Like, recommend.Buy, recommend.NotInterested}, kinds)
}

func TestNotInterestedIsObeyedAtOnce(t *testing.T) {
	t.Parallel()
	l := lists(said(t, openQuick(t), "挑剔的人", "不喜欢 3", "推荐"))
	require.Len(t, l, 3)
	require.NotContains(t, l[1], l[0][2])
	require.NotContains(t, l[2], l[0][2])
}

func TestWhy(t *testing.T) {
	t.Parallel()
	out := said(t, open(t), "老吴", "为什么 2")
	require.Regexp(t, `推荐「.+」，因为：\n  · .+（占\d+%）`, out)
	require.Contains(t, out, "老吴，你好（普洱老茶客、钓鱼、读历史）")
}

func TestPersonalisationOff(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	stranger := lists(said(t, s, "一个生人"))
	l := lists(said(t, s, s.people[20].Name, "关闭个性化", "我的标签", "打开个性化"))
	require.NotEqual(t, stranger[0], l[0])
	require.Equal(t, stranger[0], l[1], "without the profile everybody gets the same")
	require.Equal(t, l[0], l[2])
}

func TestTagsHideAndCome(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	out := said(t, s, s.people[21].Name, "隐藏 1", "我的标签", "隐藏 1", "我的标签")
	require.Contains(t, out, "先说“我的标签”")
	require.Contains(t, out, "已隐藏「")
	hidden := regexp.MustCompile(`(?m)^ ?(\d+)\. .+「(.+)」　已隐藏$`).FindStringSubmatch(out)
	require.NotNil(t, hidden)
	out = said(t, s, s.people[21].Name, "我的标签", "恢复 "+hidden[1], "我的标签")
	require.Contains(t, out, "已恢复「"+hidden[2]+"」")
	require.Equal(t, 1, strings.Count(out, "　已隐藏"))
}

func TestForgetting(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	l := lists(said(t, s, "王姨", "忘记我", "我的数据"))
	require.NotEqual(t, l[0], l[1])
	require.Equal(t, titles(t, s, "一个生人", ""), l[1])
	require.Contains(t, said(t, s, "王姨", "我的数据", "我的标签"), `"events":[]`)
}

func TestChoosingAPerson(t *testing.T) {
	t.Parallel()
	s := open(t)
	for line, want := range map[string]string{"2": "老吴，你好", "第二": "第二，第一次来吧", "阿梅": "阿梅，你好", "": "新客人，第一次来吧", "小新": "小新，第一次来吧"} {
		out := said(t, s, "", line, "换人 4", "帮助", "退出", "买 1")
		require.Contains(t, out, " 1. 周敏：刚有了宝宝、咖啡不断")
		require.Contains(t, out, want)
		require.Contains(t, out, "陈浩，你好")
		require.Contains(t, out, "送妈妈的生日礼物 三百以内")
		require.Contains(t, out, "慢走")
		require.NotContains(t, out, "现在推荐", "nothing is heard after leaving")
	}
	require.NotContains(t, said(t, s, ""), "你好", "who says nothing leaves")
}

func TestNumbered(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]int{"看 5": 5, "看5": 5, "看五": 5, "看第十二个": 12, "看 ３ 号": 3} {
		i, ok := numbered(line, "看")
		require.True(t, ok, line)
		require.Equal(t, want, i, line)
	}
	for _, line := range []string{"看", "看电影的音箱", "看 -", "买 5", "看 1.5"} {
		_, ok := numbered(line, "看")
		require.False(t, ok, line)
	}
}

func run(ctx context.Context, in io.Reader, args ...string) (string, error) {
	var out bytes.Buffer
	p := &program{in: in, out: &out, log: io.Discard, now: sunday}
	err := p.run(ctx, args)
	return out.String(), err
}

func TestProgram(t *testing.T) {
	t.Parallel()
	first, err := run(t.Context(), nil, "-quick", "-user", "陈浩", "-ask", "买 2")
	require.NoError(t, err)
	require.Len(t, lists(first), 1)
	second, err := run(t.Context(), nil, "-quick", "-user", "陈浩", "-ask", "买 2")
	require.NoError(t, err)
	require.Equal(t, first, second)
	out, err := run(t.Context(), nil, "-quick", "-ask", "退出")
	require.NoError(t, err)
	require.Empty(t, out)
	out, err = run(t.Context(), strings.NewReader("3\n火锅\n"), "-quick")
	require.NoError(t, err)
	require.Contains(t, out, "小林，你好")
	require.Contains(t, out, "符合你说的「火锅」")
}

func TestBadUse(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"put what you say after -ask": {"hello"},
		"give one such as":            {"-web", "8080"},
		"open the web page":           {"-web", "127.0.0.1:99999"},
		"user":                        {"-quick", "-user", strings.Repeat("长", 10000), "-ask", "买 1"},
		"not defined":                 {"-nonsense"},
	} {
		_, err := run(t.Context(), nil, args...)
		require.ErrorContains(t, err, want)
	}
}

func TestInterruptEndsTheTalk(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	in, feed := io.Pipe()
	defer feed.Close()
	ended := make(chan error, 1)
	go func() { ended <- (&terminal{shop: s, out: io.Discard}).talk(ctx, in) }()
	_, err := feed.Write([]byte("小新\n"))
	require.NoError(t, err)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
}
