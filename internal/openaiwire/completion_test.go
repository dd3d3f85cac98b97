package openaiwire

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestComplete(t *testing.T) {
	t.Parallel()
	for _, whole := range []bool{false, true} {
		var path, body string
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			data, _ := io.ReadAll(r.Body)
			path, body = r.URL.Path, string(data)
			if whole {
				answering("application/json", `{"id":"c1","model":"m-2","choices":[{"index":0,"text":"你好","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}`)(w, r)
				return
			}
			events(`data: {"id":"c1","model":"m-2","choices":[{"index":0,"text":"你"}]}`+"\n\n"+
				`data: {"choices":[{"index":0,"text":"好","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}`+"\n\n"+done)(w, r)
		}, func(cfg *Config) { cfg.DisableStreaming = whole })
		var got assistant.Collector
		for k, err := range c.Complete(t.Context(), Completion{URL: c.Endpoint("/fill"), Model: "m-1", Write: func(f *Fields) {
			f.String("prompt", "<")
			f.Drop("X", "there is none")
		}}) {
			require.NoError(t, err)
			got.Add(k)
		}
		r := got.Reply()
		require.Equal(t, "你好", r.Text())
		require.Equal(t, assistant.FinishStop, r.Finish)
		require.Equal(t, 3, r.Usage.Total)
		require.Equal(t, assistant.Meta{Vendor: "test", Model: "m-2", ID: "c1", RequestID: "c1", Dropped: []assistant.Dropped{{Field: "X", Reason: "there is none"}}}, r.Meta)
		require.Equal(t, "/fill", path)
		want := `{"model":"m-1","prompt":"<","stream":true,"stream_options":{"include_usage":true}}`
		if whole {
			want = `{"model":"m-1","prompt":"<"}`
		}
		require.Equal(t, want, body)
	}
}

func TestCompleteFails(t *testing.T) {
	t.Parallel()
	c := serve(t, events(`data: {"choices":[{"text":"你"}]}`+"\n\n"))
	last := func(write func(*Fields)) (err error) {
		for _, err = range c.Complete(t.Context(), Completion{URL: c.Endpoint("/fill"), Model: "m", Write: write}) {
		}
		return err
	}
	require.ErrorIs(t, last(func(*Fields) {}), assistant.ErrTruncated)
	require.ErrorIs(t, last(func(f *Fields) { f.fail("nothing to write") }), assistant.ErrInvalid)
	for range c.Complete(t.Context(), Completion{URL: c.Endpoint("/fill"), Model: "m", Write: func(*Fields) {}}) {
		break // leaves nothing behind, which goleak sees
	}
}

// TestAddresses checks where requests go, and the header that the key is in.
func TestAddresses(t *testing.T) {
	t.Parallel()
	partial := []assistant.Message{assistant.User("写诗"), {Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Text{Text: "床前"}}}}
	bots := func(cfg *Config) {
		cfg.Profile.Models = []ModelRules{{Match: []string{"bot-*"}, Rules: Rules{Path: "/bots"}}, {Match: []string{"blind"}, Rules: Rules{Prefix: "prefix"}}}
	}
	for _, tt := range []struct {
		name  string
		model string
		tweak func(*Config)
		req   assistant.Request
		want  string
	}{
		{"chat", "m", func(*Config) {}, assistant.Request{}, "/v1/chat/completions"},
		{"rules", "bot-1", bots, assistant.Request{}, "/v1/bots"},
		{"same as", "x", func(cfg *Config) { bots(cfg); cfg.SameAs = map[string]string{"x": "bot-9"} }, assistant.Request{}, "/v1/bots"},
		{"prefix", "m", func(cfg *Config) { cfg.PrefixURL = cfg.BaseURL + "/../beta/" }, assistant.Request{Messages: partial}, "/v1/../beta/chat/completions"},
		{"prefix without an address of its own", "m", func(*Config) {}, assistant.Request{Messages: partial}, "/v1/chat/completions"},
		{"no prefix", "m", func(cfg *Config) { cfg.PrefixURL = cfg.BaseURL + "/beta" }, assistant.Request{}, "/v1/chat/completions"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, header := range []string{"", "x-auth-token"} {
				var got *http.Request
				c := serve(t, func(w http.ResponseWriter, r *http.Request) {
					got = r.Clone(t.Context())
					events(finish("stop")+done)(w, r)
				}, func(cfg *Config) {
					cfg.BaseURL, cfg.KeyHeader = cfg.BaseURL+"/v1", header
					tt.tweak(cfg)
				})
				req := tt.req
				req.Model = tt.model
				if req.Messages == nil {
					req.Messages = hello().Messages
				}
				_, err := assistant.Generate(t.Context(), c, &req)
				require.NoError(t, err)
				require.Equal(t, tt.want, got.URL.Path)
				if header == "" {
					require.Equal(t, "Bearer "+testKey, got.Header.Get("Authorization"))
				} else {
					require.Equal(t, testKey, got.Header.Get(header))
					require.Empty(t, got.Header.Get("Authorization"))
				}
			}
		})
	}
	_, err := New(Config{Profile: testProfile(), BaseURL: "http://vendor.test", PrefixURL: "vendor.test"})
	require.ErrorContains(t, err, "base URL")
	var e *assistant.Error
	require.False(t, errors.As(err, &e))
}

func TestHitsOfTheGuardAreFiltered(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]http.HandlerFunc{
		"stream": events(`data: {"choices":[{"delta":{"content":"话"}}]}` + "\n\n" + `data: {"choices":[{"delta":{},"finish_reason":"stop","moderation_hit_type":"violence"}]}` + "\n\n" + done),
		"whole":  answering("application/json", `{"choices":[{"message":{"content":"话"},"finish_reason":"stop","moderation_hit_type":"severe_violation"}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := assistant.Generate(t.Context(), serve(t, h), hello())
			require.NoError(t, err)
			require.Equal(t, assistant.FinishFiltered, r.Finish)
			require.Equal(t, "话", r.Text())
		})
	}
}
