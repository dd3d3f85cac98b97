package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/assistant/audit"
	"github.com/zhushou-ai/zhushou/assistant/label"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A buffer is an output that several goroutines write.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestItDoesNotStartBeforeItsDutiesAreMet(t *testing.T) {
	t.Parallel()
	var out, log buffer
	require.ErrorIs(t, run(t.Context(), nil, &out, &log, nil), errUnmet)
	for _, want := range []string{
		"未满足  公示模型与备案信息", "disclosure 填写 App、Model、Vendor、Filing or Registration、Algorithm", "未满足  生成内容标识", "词库不足", "请用 assistant/eval 完成评估",
		"已启用  审计日志留存", "不适用  陪伴服务",
	} {
		require.Contains(t, out.String(), want)
	}
	require.NotContains(t, out.String(), "服务已启动")
}

func TestProfilesThatAreWrong(t *testing.T) {
	t.Parallel()
	for says, text := range map[string]string{
		"audience":      `{"audience":"everybody","rules":"gbt-45654-2025"}`,
		"no-such-rules": `{"audience":"internal","rules":"no-such-rules"}`,
		"unknown field": `{"audience":"internal","rule":"x"}`,
		"words.tsv":     `{"audience":"internal","rules":"gbt-45654-2025","words":"/no/such/words.tsv"}`,
	} {
		path := filepath.Join(t.TempDir(), "p.json")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		require.ErrorContains(t, run(t.Context(), []string{"-profile", path}, io.Discard, io.Discard, nil), says)
	}
	require.Error(t, run(t.Context(), []string{"-profile", "no-such.json"}, io.Discard, io.Discard, nil))
}

// A running service, and how to ask it.
type running struct {
	t    *testing.T
	at   string
	log  *buffer
	stop func()
}

func start(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{t: t, log: new(buffer)}
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- run(ctx, append(args, "-addr", "127.0.0.1:0"), r.log, r.log, func(address string) { ready <- address })
	}()
	select {
	case r.at = <-ready:
	case err := <-done:
		cancel()
		t.Fatalf("it did not start: %v\n%s", err, r.log)
	}
	r.stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-done)
		http.DefaultClient.CloseIdleConnections()
	})
	t.Cleanup(r.stop)
	return r
}

func (r *running) post(path string, c call) string {
	r.t.Helper()
	b, err := json.Marshal(c)
	require.NoError(r.t, err)
	resp, err := http.Post("http://"+r.at+path, "application/json", bytes.NewReader(b))
	require.NoError(r.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(r.t, err)
	require.Equal(r.t, http.StatusOK, resp.StatusCode, "%s\n%s", body, r.log)
	return string(body)
}

func (r *running) get(path string) string {
	r.t.Helper()
	resp, err := http.Get("http://" + r.at + path)
	require.NoError(r.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(r.t, err)
	return string(body)
}

func (r *running) chat(user, text string) (shown string, aigc map[string]string) {
	r.t.Helper()
	var answer struct {
		Text string
		AIGC map[string]string
	}
	require.NoError(r.t, json.Unmarshal([]byte(r.post("/chat", call{User: user, Text: text})), &answer))
	return answer.Text, answer.AIGC
}

func TestClearedService(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := start(t, "-demo", "-data", dir)
	require.NotContains(t, r.log.String(), string(unmet))

	shown, l := r.chat("小林", "你好")
	require.Equal(t, "您说：你好", shown)
	require.Equal(t, "1", l["Label"])
	require.Equal(t, "Example-Demo", l["ContentProducer"])
	require.NotEmpty(t, l["ProduceID"])

	shown, _ = r.chat("小林", "我的手机是13812345678")
	require.NotContains(t, shown, "13812345678", "private data does not come back in the clear")

	p, err := loadProfile("public_cn.json")
	require.NoError(t, err)
	p.fillForDemo()
	shown, _ = r.chat("小林", "请解释"+p.words.Words[0].Text)
	require.Contains(t, shown, "我不方便回答")

	require.Contains(t, r.get("/about"), "演示登记0000号")
	file := r.post("/download", call{User: "小林", Text: "写一句话"})
	v := label.Verify(strings.NewReader(file))
	require.Equal(t, label.Compliant, v.Verdict, "%+v", v)
	require.True(t, label.HasNotice(file))

	require.NotContains(t, r.get("/export?user="+"小林"), "请解释", "nothing was kept before there was consent")
	r.post("/consent", call{User: "小林", Purpose: "memory", Agree: true})
	r.chat("小林", "记住星期三开会")
	require.Contains(t, r.get("/export?user="+"小林"), "星期三")
	r.post("/complaints", call{User: "小林", Text: "答得太慢"})
	require.Contains(t, r.get("/export?user="+"小林"), "答得太慢")

	receipt := r.post("/erase", call{User: "小林"})
	require.NotContains(t, receipt, `"gone":false`)
	after := r.get("/export?user=" + "小林")
	require.NotContains(t, after, "星期三")
	require.NotContains(t, after, "答得太慢")

	r.stop()
	_, err = audit.Verify(t.Context(), filepath.Join(dir, "audit"), audit.Trust{})
	require.NoError(t, err)
}

func TestInternalService(t *testing.T) {
	t.Parallel()
	r := start(t, "-profile", "internal.json")
	require.Contains(t, r.log.String(), "不适用  输入输出内容审核")
	shown, _ := r.chat("同事", "你好")
	require.Equal(t, "您说：你好", shown)
}

func TestRequestsThatAreWrong(t *testing.T) {
	t.Parallel()
	r := start(t, "-profile", "internal.json")
	for body, says := range map[string]string{"{": "不是 JSON", "{}": "缺少 user", `{"user":"x","purpose":"surveillance","agree":true}`: "not declared"} {
		path := "/chat"
		if strings.Contains(body, "purpose") {
			path = "/consent"
		}
		resp, err := http.Post("http://"+r.at+path, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		require.Contains(t, string(b), says)
	}
}
