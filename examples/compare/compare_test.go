package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// runWith runs the program with the models that there are keys for.
func runWith(t *testing.T, models map[string]assistant.Model, args ...string) (string, error) {
	t.Helper()
	var out, log bytes.Buffer
	p := &program{out: &out, log: &log, open: func(name string) (assistant.Model, error) {
		if m, ok := models[name]; ok {
			return m, nil
		}
		return nil, errors.New("no key")
	}}
	err := p.run(t.Context(), args)
	return out.String(), err
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestWithoutKeys(t *testing.T) {
	t.Parallel()
	out, err := runWith(t, nil)
	require.NoError(t, err)
	first, _, _ := strings.Cut(out, "\n")
	require.Contains(t, first, "没有任何一家的密钥")
	require.Contains(t, first, "假服务")
	prompts, err := readPrompts("")
	require.NoError(t, err)
	for i, f := range fakes {
		v := f.vendor()
		require.Equal(t, len(prompts)+1, strings.Count(out, v.Name+"/"+v.Model), "a row for every question and a sum")
		require.Contains(t, out, "我是 "+v.Name+" 的假服务，不会回答“用一句话介绍杭州的西湖。”", i)
	}
	require.Equal(t, len(fakes), strings.Count(out, " 4/4 "))
	require.NotContains(t, out, "✗")
	require.Contains(t, out, "没有价目表")
}

func TestErrorsDoNotStopTheOthers(t *testing.T) {
	t.Parallel()
	busy := &assistant.Error{Kind: assistant.ErrRateLimited, Vendor: "doubao", Status: 429, Message: "too many"}
	cut := &assistant.Error{Kind: assistant.ErrTruncated, Vendor: "ernie"}
	synctest.Test(t, func(t *testing.T) {
		out, err := runWith(t, map[string]assistant.Model{
			"qwen":   assistanttest.Script(assistanttest.Say("西湖在\n杭州。")),
			"doubao": assistanttest.Script(assistanttest.Break(busy)),
			"ernie":  assistanttest.Script(assistanttest.Break(cut, assistant.Chunk{Text: "西"})),
			"pangu":  assistanttest.Script(assistanttest.Hang()),
			"hunyuan": assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "不行"},
				assistant.Chunk{Retract: &assistant.Retraction{Replacement: "换个话题"}, Finish: assistant.FinishFiltered})),
		}, "-models", "doubao, ernie,pangu,openai?base_url=http://u:secret@h,hunyuan,qwen", "-prompts", write(t, "p.txt", "西湖在哪"), "-timeout", "20s", "-full")
		require.NoError(t, err)
		for _, want := range []string{
			"问题 1：西湖在哪", "✗ 被限流（doubao: rate limited (status 429): too many）", "✗ 回答断了（", "✗ 等得太久（", "✗ 没能开始（no key）",
			"✗ 厂商不给看：换个话题", "西湖在 杭州。", "【qwen】\n西湖在\n杭州。", "20.0秒",
		} {
			require.Contains(t, out, want)
		}
		require.NotContains(t, out, "secret")
		require.NotContains(t, out, "假服务")
		require.NotContains(t, out, "合计", "there is only one question")
	})
}

func TestPrices(t *testing.T) {
	t.Parallel()
	reply := func(in, out int) assistanttest.Turn {
		return assistanttest.Chunks(
			assistant.Chunk{Text: "好", Meta: &assistant.Meta{Vendor: "v", Model: "m"}},
			assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: in, Output: out, Total: in + out}})
	}
	models := map[string]assistant.Model{"v/m": assistanttest.Script(reply(1000, 100), reply(3000, 300))}
	prices := write(t, "prices.csv", "currency,vendor,model,from,input,output\nCNY,v,m,2026-01-01,2,10\n")
	prompts := write(t, "p.txt", "\ufeff# 注释\n\n一\n二\n")
	out, err := runWith(t, models, "-models", "v/m", "-prompts", prompts, "-prices", prices)
	require.NoError(t, err)
	require.Contains(t, out, "¥0.003 ")
	require.Contains(t, out, "¥0.009 ")
	require.Regexp(t, `v/m +2/2 .*4000 +400 +¥0\.012\n`, out)
	require.NotContains(t, out, "没有价目表")
}

func TestBadArguments(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"unexpected argument": {"西湖"},
		"more than zero":      {"-timeout", "-1s"},
		"no such file":        {"-prompts", filepath.Join(t.TempDir(), "none")},
		"has none":            {"-prompts", write(t, "empty.txt", "# 什么也没有\n")},
		"not UTF-8":           {"-prompts", write(t, "bad.txt", "\xff\xfe")},
		"larger than":         {"-prompts", write(t, "large.txt", strings.Repeat("问", maxPrompts))},
		"no column":           {"-prices", write(t, "bad.csv", "vendor\n")},
	} {
		_, err := runWith(t, nil, args...)
		require.ErrorContains(t, err, want)
	}
}
