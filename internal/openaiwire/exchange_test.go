package openaiwire

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestWholeAnswers(t *testing.T) {
	t.Parallel()
	const body = `{"id":"c1","model":"m-9","choices":[{"index":0,"message":{"role":"assistant","content":"好","reasoning_content":"想",` +
		`"tool_calls":[{"id":"a","type":"function","index":0,"function":{"name":"f","arguments":""}},{"id":"a","index":0,"function":{"name":"f","arguments":"{}"}}]},` +
		`"finish_reason":"stop"}],"usage":` + rawUsage + `}`
	for name, c := range map[string]*Client{
		"asked for":              serve(t, answering("application/json", body), whole),
		"although stream was on": serve(t, answering("application/json; charset=utf-8", "\n\n"+body)),
		"under a wrong name":     serve(t, answering("text/plain", body), whole),
		"as bare lines":          serve(t, events(body+"\n"+done)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := assistant.Generate(t.Context(), c, hello())
			require.NoError(t, err)
			require.Equal(t, "好", r.Text())
			require.Equal(t, "想", r.Message.Reasoning())
			require.Equal(t, assistant.FinishToolCalls, r.Finish)
			require.Equal(t, used, r.Usage)
			calls := r.ToolCalls()
			require.NotEmpty(t, calls)
			require.Equal(t, call("a", "f", "{}"), calls[0])
			if name != "as bare lines" { // those are taken for a piece of a stream
				require.Len(t, calls, 2)
				require.NotEqual(t, calls[0].ID, calls[1].ID)
			}
		})
	}
}

func TestWholeAnswerThatStreams(t *testing.T) {
	t.Parallel()
	r, err := assistant.Generate(t.Context(), serve(t, events(text("好")+finish("stop")+tail), whole), hello())
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())

	r, err = assistant.Generate(t.Context(), serve(t, answering("application/json", text("好")+finish("stop")+tail)), hello())
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
}

func TestStreamOnlyModelsStream(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(body), `"stream":true`) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		events(text("好")+finish("stop")+done)(w, r)
	}, whole, func(c *Config) { c.Profile.Rules.Stream = StreamOnly })
	r, err := assistant.Generate(t.Context(), c, hello())
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
}

func TestLimits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		c    *Client
		want string
	}{
		"event":     {serve(t, events(text(strings.Repeat("长", 1000))), func(c *Config) { c.MaxEvent = 2000 }), "limit of 2000 bytes"},
		"body":      {serve(t, answering("application/json", strings.Repeat(" ", 3000)), func(c *Config) { c.MaxBody = 2000 }), "limit of 2000 bytes"},
		"strays":    {serve(t, events(strings.Repeat("{ nothing\n", 10_000))), "not a stream of events"},
		"sound":     {serve(t, events(delta(`"audio":{"data":"`+strings.Repeat("A", 3000)+`"}`)), func(c *Config) { c.MaxBody = 2000 }), "limit of 2000 bytes"},
		"calls":     {serve(t, events(strings.Repeat(callPiece(strings.Repeat(`{"id":"","function":{"name":"f","arguments":"{}"}},`, 99)+`{"function":{"name":"f","arguments":"{}"}}`), 6))), "too many or too large"},
		"arguments": {serve(t, events(callPiece(`{"id":"a","function":{"name":"f","arguments":"`+strings.Repeat("x", 3000)+`"}}`)), func(c *Config) { c.MaxBody = 2000 }), "too many or too large"},
		"redirect": {serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.test/v1?token=x", http.StatusTemporaryRedirect)
		}, func(c *Config) { c.HTTPClient.CheckRedirect = sharedClient().CheckRedirect }), "redirect to https://elsewhere.test/v1; change"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := assistant.Generate(t.Context(), tt.c, hello())
			require.ErrorIs(t, err, assistant.ErrProtocol)
			require.ErrorContains(t, err, tt.want)
			require.Less(t, len(err.Error()), 2000)
		})
	}
}

func TestConnectionReset(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, text("好"))
		conn, buf, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_ = buf.Flush()
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	})
	_, err := assistant.Generate(t.Context(), c, hello())
	require.True(t, errors.Is(err, assistant.ErrTruncated) || errors.Is(err, assistant.ErrNetwork), "%v", err)
}

func TestMeta(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "r7")
		events(delta(`"role":"assistant","content":""`)+text("你")+text("好")+finish("bored")+tail)(w, r)
	})
	req := hello()
	req.Search.Mode = assistant.On
	var chunks []assistant.Chunk
	for k, err := range c.Stream(t.Context(), req) {
		require.NoError(t, err)
		chunks = append(chunks, k)
	}
	require.Len(t, chunks, 3)
	require.Equal(t, &assistant.Meta{
		Vendor: "test", Model: "m-9", ID: "c1", RequestID: "r7",
		Dropped: []assistant.Dropped{{Field: "Search", Reason: "the vendor has no web search here"}},
	}, chunks[0].Meta)
	require.Nil(t, chunks[1].Meta)
	require.Equal(t, "bored", chunks[2].Meta.RawFinish)
	require.Equal(t, assistant.FinishOther, chunks[2].Finish)
	require.Equal(t, used, *chunks[2].Usage)
}

func TestRareParts(t *testing.T) {
	t.Parallel()
	c := serve(t, events(
		delta(`"reasoning_content":"想"`)+
			delta(`"content":"","encrypted_content":"gAAA"`)+
			delta(`"audio":{"data":"5L2g","transcript":"你"}`)+
			delta(`"audio":{"data":"5aU=","transcript":"好"}`)+
			delta(`"audio":{"data":"vQ=="}`)+
			`data: {"choices":[{"delta":{"content":"好[1]"}}],"search_results":[{"index":1,"url":"https://example.com/a","title":"甲"}]}`+"\n\n"+
			finish("stop")+done))
	r, err := assistant.Generate(t.Context(), c, hello())
	require.NoError(t, err)
	require.Equal(t, []assistant.Part{
		assistant.Reasoning{Text: "想", Vendor: "test", Model: "m-9", Opaque: []byte("gAAA")},
		assistant.Text{Text: "好[1]"},
		assistant.Audio{Media: assistant.Media{Data: []byte("你好")}, Transcript: "你好"},
		assistant.Citation{Index: 1, Title: "甲", URL: "https://example.com/a"},
	}, r.Message.Parts)
}

func TestRetractions(t *testing.T) {
	t.Parallel()
	profile := testProfile()
	profile.Finish = []FinishRule{{Raw: "sensitive", Reason: assistant.FinishFiltered, Retract: true}}
	profile.Flags = []FlagRule{{Value: 2}, {Value: 4, Retract: true}}
	tests := []struct {
		name, body string
		want       *assistant.Retraction
		text       string
	}{
		{"finish reason", text("坏") + finish("sensitive") + done, &assistant.Retraction{Reason: "sensitive"}, ""},
		{"flag", text("坏") + `data: {"choices":[{"delta":{},"finish_reason":"stop","flag":4,"ban_round":-1}]}` + "\n\n" + done, &assistant.Retraction{Reason: "flag 4", DropTurn: true}, ""},
		{"flag that lets the text stand and the turn not", text("话") + `data: {"choices":[{"delta":{},"finish_reason":"stop","flag":2,"ban_round":3}]}` + "\n\n" + done,
			&assistant.Retraction{Reason: "flag 2", DropTurn: true, Replacement: "话"}, "话"},
		{"flag in the middle", text("话") + `data: {"choices":[{"delta":{},"flag":2}]}` + "\n\n" + text("完") + finish("content_filter") + done, nil, "话完"},
		{"history to be cleared", text("话") + `data: {"need_clear_history":true,"choices":[{"delta":{},"finish_reason":"stop"}]}` + "\n\n" + done,
			&assistant.Retraction{Reason: "stop", DropTurn: true, Replacement: "话"}, "话"},
		{"level of moderation", text("坏") + `data: {"choices":[{"delta":{},"finish_reason":"sensitive","moderation_level":"1"}]}` + "\n\n" + done,
			&assistant.Retraction{Reason: "sensitive", DropTurn: true}, ""},
		{"flag that lets the text stand", text("话") + `data: {"choices":[{"delta":{},"finish_reason":"stop","flag":2}]}` + "\n\n" + done, nil, "话"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := assistant.Generate(t.Context(), serve(t, events(tt.body), func(c *Config) { c.Profile = profile }), hello())
			require.NoError(t, err)
			require.Equal(t, assistant.FinishFiltered, r.Finish)
			require.Equal(t, tt.want, r.Retracted)
			require.Equal(t, tt.text, r.Text())
		})
	}
}

func TestBreakAtEveryChunk(t *testing.T) {
	t.Parallel()
	c := serve(t, events(text("一")+text("二")+text("三")+finish("stop")+tail))
	for stop := 1; stop <= 4; stop++ {
		n := 0
		for _, err := range c.Stream(t.Context(), hello()) {
			require.NoError(t, err)
			if n++; n == stop {
				break
			}
		}
		require.Equal(t, stop, n)
	}
}

func TestContextEndsTheStream(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, text("好"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range c.Stream(ctx, hello()) {
		last = err
		cancel()
	}
	require.ErrorIs(t, last, context.Canceled)
	require.False(t, assistant.Retryable(last))
	<-gone // the server has seen it

	for _, err := range c.Stream(ctx, hello()) {
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
}

func TestManyStreamsAtOnce(t *testing.T) {
	t.Parallel()
	const streams, chunks = 1000, 5
	// All streams are open at the same time: nobody gets a second chunk before everybody has begun.
	var begun sync.WaitGroup
	begun.Add(streams)
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		rc := http.NewResponseController(w)
		for i := range chunks {
			_, _ = io.WriteString(w, text("滴"))
			_ = rc.Flush()
			if i == 0 {
				begun.Done()
				begun.Wait()
			}
		}
		_, _ = io.WriteString(w, finish("stop")+tail)
	})
	var all sync.WaitGroup
	errs := make(chan error, streams)
	for range streams {
		all.Go(func() {
			r, err := assistant.Generate(t.Context(), c, hello())
			if err == nil && (r.Text() != strings.Repeat("滴", chunks) || r.Usage != used) {
				err = errors.New("something was lost: " + r.Text())
			}
			errs <- err
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}
