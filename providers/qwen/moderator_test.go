package qwen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func TestModerator(t *testing.T) {
	t.Parallel()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen()})
	open := func(change func(*qwen.ModeratorConfig)) *qwen.Moderator {
		cfg := qwen.ModeratorConfig{AccessKeyID: srv.AccessKey, AccessKeySecret: assistant.Secret(srv.SecretKey), BaseURL: srv.Origin, HTTPClient: transport(t)}
		change(&cfg)
		m, err := qwen.NewModerator(cfg)
		require.NoError(t, err)
		return m
	}
	same := func(*qwen.ModeratorConfig) {}
	m := open(same)
	judge := func(m *qwen.Moderator, text string) (assistant.Verdict, error) {
		return m.Moderate(t.Context(), []assistant.Part{assistant.Text{Text: text}})
	}
	blocked := assistant.Verdict{Action: assistant.Block, Categories: []string{"contraband_act"}, Safe: "这个问题我不能回答。"}
	for _, tt := range []struct {
		text string
		want assistant.Verdict
	}{
		{"你好 & 再见+\"\n", assistant.Verdict{Action: assistant.Pass}},
		{"有" + providertest.DoubtfulText, assistant.Verdict{Action: assistant.Review, Categories: []string{"ad_suspect"}}},
		{"有" + providertest.BlockedText, blocked},
		{strings.Repeat("长", 5000) + providertest.BlockedText, blocked},
		{"", assistant.Verdict{Action: assistant.Pass}},
	} {
		got, err := judge(m, tt.text)
		require.NoError(t, err)
		require.Equal(t, tt.want, got)
	}
	for _, service := range []string{qwen.ModerateResponse, qwen.ModerateChat, qwen.ModerateComment} {
		got, err := judge(open(func(c *qwen.ModeratorConfig) { c.Service = service; c.SecurityToken = "t" }), strings.Repeat("长", 6000)+providertest.BlockedText)
		require.NoError(t, err, service)
		require.Equal(t, blocked, got)
	}

	_, err := judge(open(func(c *qwen.ModeratorConfig) { c.Service = "dance" }), "你好")
	require.ErrorIs(t, err, assistant.ErrInvalid)
	require.ErrorContains(t, err, "service not found")
	const secret = "wrong-secret-0123456789"
	for name, wrong := range map[string]*qwen.Moderator{
		"SignatureDoesNotMatch":       open(func(c *qwen.ModeratorConfig) { c.AccessKeySecret = secret }),
		"InvalidAccessKeyId.NotFound": open(func(c *qwen.ModeratorConfig) { c.AccessKeyID = "nobody" }),
	} {
		_, err = judge(wrong, "你好")
		require.ErrorIs(t, err, assistant.ErrAuth)
		require.ErrorContains(t, err, name)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %v", wrong, wrong, wrong, err), secret)
	}
	_, err = m.Moderate(t.Context(), []assistant.Part{assistant.Image{}})
	require.ErrorIs(t, err, assistant.ErrInvalid)
	for answer, want := range map[string]error{
		`{"Code":200,"Data":{"RiskLevel":"extreme"}}`: assistant.ErrProtocol,
		`{"Code":200,"Data":7}`:                       assistant.ErrProtocol,
		`{}`:                                          assistant.ErrProtocol,
		`{"Code":500,"Message":"internal","RequestId":"r"}`:         assistant.ErrServer,
		`{"Code":408,"Message":"no permission to use the service"}`: assistant.ErrTimeout,
		`{"Code":"Throttling.User","Message":"too fast"}`:           assistant.ErrProtocol, // with status 200 a code is a number
	} {
		srv.ScriptFor(providertest.ModerationService, providertest.JSON(200, answer))
		_, err = judge(m, "你好")
		require.ErrorIs(t, err, want, answer)
	}
	srv.ScriptFor(providertest.ModerationService, providertest.JSON(400, `{"Code":"Throttling.User","Message":"too fast","RequestId":"r7"}`))
	_, err = judge(m, "你好")
	require.ErrorIs(t, err, assistant.ErrRateLimited)
	require.ErrorContains(t, err, "r7")
}

func TestNewModerator(t *testing.T) {
	t.Setenv(qwen.AccessKeyIDVar, "")
	t.Setenv(qwen.AccessKeySecretVar, "")
	_, err := qwen.NewModerator(qwen.ModeratorConfig{})
	require.ErrorContains(t, err, qwen.AccessKeyIDVar)
	_, err = qwen.NewModerator(qwen.ModeratorConfig{AccessKeyID: "id"})
	require.ErrorContains(t, err, qwen.AccessKeySecretVar)
	t.Setenv(qwen.AccessKeyIDVar, "id")
	t.Setenv(qwen.AccessKeySecretVar, "secret")
	_, err = qwen.NewModerator(qwen.ModeratorConfig{Region: "cn-beijing"})
	require.NoError(t, err)
	_, err = qwen.NewModerator(qwen.ModeratorConfig{BaseURL: "localhost"})
	require.ErrorContains(t, err, "base URL")
}
