package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var update = flag.Bool("update", false, "write transcript.txt anew")

func play(t *testing.T, typed string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), args, strings.NewReader(typed), &out, &out))
	return out.String()
}

// The whole conversation of the script, as it is printed.
func TestTranscript(t *testing.T) {
	assistanttest.ForbidNetwork(t)
	got := play(t, "")
	if *update {
		require.NoError(t, os.WriteFile("transcript.txt", []byte(got), 0o644))
	}
	want, err := os.ReadFile("transcript.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), got, "if this is meant: go test ./examples/hybrid -update")
	require.Equal(t, got, play(t, ""), "it is the same every time")
}

// When the plug is pulled the user notices a plain sentence and nothing else: no error, no wait, and
// commands go on.
func TestPlugPulled(t *testing.T) {
	t.Parallel()
	got := play(t, "拔掉网线\n天为什么是蓝的？\n倒计时十分钟\n天为什么是蓝的？\n", "-script", "-")
	require.Equal(t, `        （拔掉网线）

你　　> 天为什么是蓝的？
本机　> 现在连不上网，这件事要等网络恢复了再办。本机可以：设闹钟、倒计时、看闹钟。

你　　> 倒计时十分钟
本机　> 好的，10分钟倒计时开始。

你　　> 天为什么是蓝的？
本机　> 现在连不上网，这件事要等网络恢复了再办。本机可以：设闹钟、倒计时、看闹钟。

说了 3 句，其中 0 句离开了本机。
`, got)
}

// What must not leave has not left, by the bytes that the fake vendor got.
func TestNothingPrivateLeft(t *testing.T) {
	t.Parallel()
	c, err := startCloud()
	require.NoError(t, err)
	defer c.stop()
	var out bytes.Buffer
	talk, err := newTalk(&out, c, stepping(start), true)
	require.NoError(t, err)
	require.NoError(t, talk.converse(t.Context(), strings.NewReader(script)))
	require.Len(t, c.server.Requests(), 5)
	for _, r := range c.server.Requests() {
		require.NotContains(t, string(r.Body), "13812345678")
		require.NotContains(t, string(r.Body), "11010519491231002X")
		require.NotContains(t, string(r.Body), "今年多大")
	}
	require.Contains(t, out.String(), "（never leaves，refuse：personal data that is kept")
}

func TestScriptFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "s.txt")
	require.NoError(t, os.WriteFile(name, []byte("倒计时十分钟\n"), 0o600))
	require.Contains(t, play(t, "", "-script", name, "-records"), "本机 act")
	require.ErrorContains(t, run(t.Context(), []string{"-script", name + "x"}, nil, &bytes.Buffer{}, &bytes.Buffer{}), "no such file")
	require.ErrorContains(t, run(t.Context(), []string{"说"}, nil, &bytes.Buffer{}, &bytes.Buffer{}), "unexpected argument")
}
