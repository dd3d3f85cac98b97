package langchain_test

import (
	"net/http"
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
	return langchain.FromLLM(llm, langchain.Config{Model: e.Model, DisableStreaming: e.DisableStreaming}), nil
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

// What langchaingo's client for OpenAI makes impossible, whatever is around it. All of it ends in the
// right usage less a detail, or in an error; nothing of it passes for a good answer.
const (
	oneLine   = "the client reads an event of one line of up to 64 KB and skips others; Transport finds that out, so that it is ErrProtocol"
	goesOn    = "the client goes on after an event that it cannot read; Transport finds that out, but the text behind it has been shown"
	mixed     = "the client has no place for the index of a call and mixes up arguments; FromLLM finds that out, so that it is ErrProtocol"
	notWhole  = "the client asked for a stream and reads nothing else; nothing is what comes out, so that it is ErrTruncated"
	panics    = "the client panics over this finish reason; FromLLM makes that ErrProtocol"
	noDetails = "the client writes zeros for what it was not told, and reads details of OpenAI's only"
	hangs     = "langchaingo waits for ever: put a time limit around the model, or into the context"
	noPlace   = "langchaingo sends vendors' own fields inside \"metadata\""
	lateEnd   = "the client drops what it has when the connection ends early"
)

var theirFaults = map[string]string{
	"stream/frames/byte order mark":                           oneLine,
	"stream/frames/data in two lines":                         oneLine,
	"stream/frames/one event of 100 KB":                       oneLine,
	"stream/frames/broken JSON in one event":                  goesOn,
	"stream/frames/not JSON in one event":                     goesOn,
	"stream/frames/choices of no array in one event":          goesOn,
	"stream/frames/content of no text in one event":           goesOn,
	"stream/tools/two interleaved":                            mixed,
	"stream/tools/two in each delta":                          mixed,
	"stream/tools/finish word function_call":                  panics,
	"whole/tools/finish word function_call":                   panics,
	"stream/whole/JSON":                                       notWhole,
	"stream/whole/JSON with a charset":                        notWhole,
	"stream/whole/blank lines before the JSON":                notWhole,
	"stream/whole/byte by byte":                               notWhole,
	"stream/whole/with calls":                                 notWhole,
	"stream/finish/no [DONE] and the connection closed early": lateEnd,
	"stream/usage/details zero":                               noDetails,
	"stream/usage/cache hit and miss":                         noDetails,
	"stream/usage/cache creation":                             noDetails,
	"whole/usage/details zero":                                noDetails,
	"whole/usage/cache hit and miss":                          noDetails,
	"whole/usage/cache creation":                              noDetails,
	"request/extra fields":                                    noPlace,
	"timing/silence before the header":                        hangs,
	"timing/silence after the header":                         hangs,
	"timing/silence after text":                               hangs,
	"timing/silence inside an event":                          hangs,
	"timing/silence before a whole answer":                    hangs,
}

func TestConformance(t *testing.T) {
	t.Parallel()
	providertest.RunWire(t, openTheirs, providertest.WireOptions{Vendor: providertest.OpenAI(), Skip: theirFaults})
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

// The faults of langchaingo that concern an answer, and not its counts, end in an error of the right kind.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	kinds := map[string]assistant.ErrorKind{
		oneLine: assistant.ErrProtocol, goesOn: assistant.ErrProtocol, mixed: assistant.ErrProtocol,
		panics: assistant.ErrProtocol, notWhole: assistant.ErrTruncated, lateEnd: assistant.ErrTruncated,
	}
	found := 0
	for _, sc := range providertest.Scenarios(providertest.OpenAI()) {
		kind, ok := kinds[theirFaults["stream/"+sc.Name]]
		if !ok {
			continue
		}
		found++
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			var req *assistant.Request
			if sc.Request != nil {
				req = sc.Request()
			}
			r, err := play(t, openTheirs, sc.Stream, req)
			require.ErrorIs(t, err, kind)
			require.False(t, r != nil && len(r.ToolCalls()) > 0, "a call that may be wrong must not run")
		})
	}
	require.Equal(t, 16, found)
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
	open := func(e providertest.Endpoint) (assistant.Model, error) {
		llm, err := openai.New(openai.WithBaseURL(e.BaseURL), openai.WithToken(e.Key), openai.WithModel(e.Model), openai.WithHTTPClient(e.HTTPClient))
		return langchain.FromLLM(llm, langchain.Config{}), err
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
			_, err := play(t, open, sc.Stream, req)
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
