package langchain_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	ours "github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// openTheirs makes langchaingo's client for OpenAI, as a model of ours.
func openTheirs(e providertest.Endpoint) (assistant.Model, error) {
	llm, err := openai.New(
		openai.WithBaseURL(e.BaseURL), openai.WithToken(e.Key), openai.WithModel(e.Model),
		openai.WithHTTPClient(&http.Client{Transport: langchain.Transport(e.HTTPClient.Transport)}),
	)
	if err != nil {
		return nil, err
	}
	return langchain.FromLLM(llm, langchain.Config{Model: e.Model, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming}), nil
}

// openBare is openTheirs without Transport.
func openBare(e providertest.Endpoint) (assistant.Model, error) {
	llm, err := openai.New(openai.WithBaseURL(e.BaseURL), openai.WithToken(e.Key), openai.WithModel(e.Model), openai.WithHTTPClient(e.HTTPClient))
	return langchain.FromLLM(llm, langchain.Config{DisableStreaming: e.DisableStreaming}), err
}

// openRoundQwen is openRound for Qwen.
func openRoundQwen(e providertest.Endpoint) (assistant.Model, error) {
	m, err := qwen.New(qwen.Config{
		BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model, HTTPClient: e.HTTPClient,
		IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming,
	})
	if err != nil {
		return nil, err
	}
	return langchain.FromLLM(langchain.ToLLM(m), langchain.Config{Vendor: "qwen"}), nil
}

// openRound makes our own adapter, as an LLM of langchaingo, as a model of ours.
func openRound(e providertest.Endpoint) (assistant.Model, error) {
	m, err := ours.New(ours.Config{
		BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model, HTTPClient: e.HTTPClient,
		IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming,
	})
	if err != nil {
		return nil, err
	}
	return langchain.FromLLM(langchain.ToLLM(m), langchain.Config{Vendor: "openai"}), nil
}

// langchaingo's client for OpenAI passes everything behind Transport.
func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, openTheirs, providertest.WireOptions{Vendor: providertest.OpenAI()})
}

// Our adapters pass everything on the way to langchaingo and back.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	t.Run("openai", func(t *testing.T) {
		t.Parallel()
		providertest.RunWire(t, openRound, providertest.WireOptions{Vendor: providertest.OpenAI()})
	})
	t.Run("qwen", func(t *testing.T) {
		t.Parallel()
		providertest.RunWire(t, openRoundQwen, providertest.WireOptions{Vendor: providertest.Qwen()})
	})
}

// play asks a model made by open while the server plays one answer.
func play(t *testing.T, open func(providertest.Endpoint) (assistant.Model, error), answer providertest.Script, req *assistant.Request) (*assistant.Reply, error) {
	t.Helper()
	v := providertest.OpenAI()
	srv, err := providertest.Start(providertest.Config{Vendor: v})
	require.NoError(t, err)
	defer srv.Close()
	srv.Script(answer)
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	m, err := open(providertest.Endpoint{BaseURL: srv.URL, Key: srv.Key, Model: v.Model, HTTPClient: &http.Client{Transport: tr}})
	require.NoError(t, err)
	if req == nil {
		req = &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
	}
	return assistant.Generate(t.Context(), m, req)
}

// What only Transport can put right is found out without it, and never passes for a good answer.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault string
		kind  assistant.ErrorKind
		names []string
	}{
		{"the client reads lines of up to 64 KB", assistant.ErrProtocol, []string{"frames/one event of 100 KB"}},
		{"the client has no place for the index of a call and mixes up arguments", assistant.ErrProtocol,
			[]string{"tools/two interleaved", "tools/two in each delta"}},
		{"the client panics over this stop reason", assistant.ErrProtocol, []string{"tools/finish word function_call"}},
		{"the client drops what it has when the connection ends early", assistant.ErrTruncated,
			[]string{"finish/no [DONE] and the connection closed early"}},
		{"the client asked for a stream and reads nothing else", assistant.ErrTruncated,
			[]string{"whole/JSON", "whole/JSON with a charset", "whole/blank lines before the JSON", "whole/byte by byte", "whole/with calls"}},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			found := 0
			for _, sc := range providertest.Scenarios(providertest.OpenAI()) {
				if !slices.Contains(tt.names, sc.Name) {
					continue
				}
				found++
				var req *assistant.Request
				if sc.Request != nil {
					req = sc.Request()
				}
				r, err := play(t, openBare, sc.Stream, req)
				require.ErrorIs(t, err, tt.kind, sc.Name)
				require.False(t, r != nil && len(r.ToolCalls()) > 0, "a call that may be wrong must not run")
			}
			require.Equal(t, len(tt.names), found)
		})
	}
}

// Even without Transport, no answer that failed or broke off passes for a whole one.
func TestWithoutTransport(t *testing.T) {
	t.Parallel()
	silent := map[string]bool{ // langchaingo skips the event and goes on to a regular end
		"frames/broken JSON in one event":         true,
		"frames/not JSON in one event":            true,
		"frames/choices of no array in one event": true,
		"frames/content of no text in one event":  true,
	}
	for _, sc := range providertest.Scenarios(providertest.OpenAI()) {
		if sc.Want.Error == nil || sc.Stream == nil || silent[sc.Name] {
			continue
		}
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			var req *assistant.Request
			if sc.Request != nil {
				req = sc.Request()
			}
			_, err := play(t, openBare, sc.Stream, req)
			var e *assistant.Error
			require.ErrorAs(t, err, &e)
			if status := sc.Want.Error.Status; status != 0 {
				require.Equal(t, status, e.Status)
			}
			require.NotContains(t, err.Error(), providertest.DefaultKey)
			require.Less(t, len(err.Error()), 2000)
		})
	}
}
