package pangu_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// moderator returns a moderator in front of a fake that checks its signatures.
func moderator(t *testing.T, change func(*pangu.ModeratorConfig)) (*pangu.Moderator, *providertest.Server) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Huawei()})
	cfg := pangu.ModeratorConfig{
		AccessKey: srv.AccessKey, SecretKey: assistant.Secret(srv.SecretKey), ProjectID: "p1", BaseURL: srv.Origin, HTTPClient: client(t),
	}
	if change != nil {
		change(&cfg)
	}
	m, err := pangu.NewModerator(cfg)
	require.NoError(t, err)
	return m, srv
}

func words(texts ...string) []assistant.Part {
	var parts []assistant.Part
	for _, text := range texts {
		parts = append(parts, assistant.Text{Text: text})
	}
	return parts
}

func TestModerate(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 1990)
	for _, tt := range []struct {
		name  string
		parts []assistant.Part
		want  assistant.Verdict
		calls int
	}{
		{"nothing", nil, assistant.Verdict{Action: assistant.Pass}, 0},
		{"good", words("你好"), assistant.Verdict{Action: assistant.Pass}, 1},
		{"doubtful", words("你好", providertest.DoubtfulText), assistant.Verdict{Action: assistant.Review, Categories: []string{"ad"}}, 1},
		{"bad", words(providertest.BlockedText), assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 1},
		{"bad thoughts", []assistant.Part{assistant.Reasoning{Text: providertest.BlockedText}}, assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 1},
		{"bad in a result", []assistant.Part{assistant.ToolResult{Parts: words(providertest.BlockedText)}}, assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 1},
		{"bad at the end of a long text", words(long + long + providertest.BlockedText), assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 3},
		{"bad across a cut", words(strings.Repeat("长", 1998) + providertest.BlockedText + long), assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 2},
		{"bad at once", words(providertest.BlockedText + long + long), assistant.Verdict{Action: assistant.Block, Categories: []string{"abuse"}}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, srv := moderator(t, nil)
			got, err := m.Moderate(t.Context(), tt.parts)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			require.Len(t, srv.Requests(), tt.calls)
		})
	}
}

func TestModerationFields(t *testing.T) {
	t.Parallel()
	m, srv := moderator(t, func(c *pangu.ModeratorConfig) {
		c.EventType, c.Categories, c.Glossaries, c.Exempt = "article", []string{"porn"}, []string{"mine"}, []string{"fine"}
	})
	_, err := m.Moderate(t.Context(), words("<你好>"))
	require.NoError(t, err)
	require.Equal(t, "/v3/p1/moderation/text", srv.Requests()[0].Path)
	require.Equal(t, `{"categories":["porn"],"data":{"text":"<你好>"},"event_type":"article","glossary_names":["mine"],"white_glossary_names":["fine"]}`, string(srv.Requests()[0].Body))
}

func TestModerationKeys(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*pangu.ModeratorConfig)
		ok     bool
	}{
		"pair":            {nil, true},
		"temporary pair":  {func(c *pangu.ModeratorConfig) { c.SecurityToken = "st" }, true},
		"project header":  {func(c *pangu.ModeratorConfig) { c.Header = map[string][]string{"X-Project-Id": {"p1"}} }, true},
		"token":           {func(c *pangu.ModeratorConfig) { c.Token, c.SecretKey = providertest.DefaultKey, "" }, true},
		"wrong token":     {func(c *pangu.ModeratorConfig) { c.Token = secret }, false},
		"wrong secret":    {func(c *pangu.ModeratorConfig) { c.SecretKey = secret }, false},
		"wrong access":    {func(c *pangu.ModeratorConfig) { c.AccessKey = "AKother" }, false},
		"unknown project": {func(c *pangu.ModeratorConfig) { c.ProjectID = "项目" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, _ := moderator(t, tt.change)
			_, err := m.Moderate(t.Context(), words("你好"))
			if tt.ok {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, assistant.ErrAuth)
			require.NotContains(t, err.Error(), secret)
		})
	}
}

func TestModerationFails(t *testing.T) {
	t.Parallel()
	m, srv := moderator(t, nil)
	for _, p := range []assistant.Part{assistant.Image{}, assistant.File{}, assistant.Unknown{}, assistant.ToolResult{Parts: []assistant.Part{assistant.Audio{}}}} {
		_, err := m.Moderate(t.Context(), append(words("你好"), p))
		require.ErrorIs(t, err, assistant.ErrInvalid, "%T must not pass unseen", p)
	}
	require.Empty(t, srv.Requests())
	for body, want := range map[string]assistant.ErrorKind{
		`{}`:                                  assistant.ErrProtocol,
		`{"result":{}}`:                       assistant.ErrProtocol,
		`{"result":{"suggestion":"perhaps"}}`: assistant.ErrProtocol,
		`{"error_code":"AIS.0401","error_msg":"x"}`: assistant.ErrServer,
		`<html>`: assistant.ErrProtocol,
	} {
		srv.ScriptFor(providertest.ModerationService, providertest.JSON(200, body))
		_, err := m.Moderate(t.Context(), words("你好"))
		require.ErrorIs(t, err, want, body)
	}
	srv.ScriptFor(providertest.ModerationService, providertest.JSON(200,
		`{"result":{"suggestion":"block","label":"porn","details":[{"suggestion":"review","label":"ad","confidence":0.9},{"suggestion":"block","label":"abuse","confidence":0.5},{"suggestion":"block","label":"porn","confidence":0.8}]}}`))
	got, err := m.Moderate(t.Context(), words("你好"))
	require.NoError(t, err)
	require.Equal(t, assistant.Verdict{Action: assistant.Block, Categories: []string{"porn", "abuse", "ad"}}, got)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = m.Moderate(ctx, words("你好"))
	require.ErrorIs(t, err, context.Canceled)
}

func TestNewModerator(t *testing.T) {
	for _, name := range []string{pangu.AccessKeyVar, pangu.SecretKeyVar, pangu.ProjectVar} {
		t.Setenv(name, "")
	}
	_, err := pangu.NewModerator(pangu.ModeratorConfig{})
	require.ErrorContains(t, err, pangu.ProjectVar)
	_, err = pangu.NewModerator(pangu.ModeratorConfig{ProjectID: "p1", AccessKey: "a"})
	require.ErrorContains(t, err, pangu.SecretKeyVar)
	_, err = pangu.NewModerator(pangu.ModeratorConfig{ProjectID: "p1", Region: "cn-north-1", BaseURL: "https://h"})
	require.ErrorContains(t, err, "both set")
	_, err = pangu.NewModerator(pangu.ModeratorConfig{ProjectID: "p1", Token: "t", BaseURL: "localhost"})
	require.ErrorContains(t, err, "base URL")
	t.Setenv(pangu.AccessKeyVar, "ak")
	t.Setenv(pangu.SecretKeyVar, secret)
	t.Setenv(pangu.ProjectVar, "p1")
	m, err := pangu.NewModerator(pangu.ModeratorConfig{Region: "ap-southeast-1"})
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %+v", m, *m, *m, pangu.ModeratorConfig{SecretKey: secret}), secret)
}
