//go:build unix

package openaiwire

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// The baseline is what one writes by hand with the standard library: no checks, no assembly of tool
// calls, no errors worth the name.

type baseMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type baseRequest struct {
	Model         string          `json:"model"`
	Messages      []baseMessage   `json:"messages"`
	Stream        bool            `json:"stream,omitempty"`
	StreamOptions map[string]bool `json:"stream_options,omitempty"`
}

type baseUsage struct {
	Prompt     int `json:"prompt_tokens"`
	Completion int `json:"completion_tokens"`
	Total      int `json:"total_tokens"`
}

type baseChoice struct {
	Delta, Message struct {
		Content   string `json:"content"`
		Reasoning string `json:"reasoning_content"`
		ToolCalls []struct {
			Index    int    `json:"index"`
			ID       string `json:"id"`
			Function struct {
				Name      string `json:"name"`
				Arguments string `json:"arguments"`
			} `json:"function"`
		} `json:"tool_calls"`
	}
	FinishReason string `json:"finish_reason"`
}

type baseAnswer struct {
	ID      string       `json:"id"`
	Model   string       `json:"model"`
	Choices []baseChoice `json:"choices"`
	Usage   *baseUsage   `json:"usage"`
}

func basePost(ctx context.Context, client *http.Client, base string, stream bool) (*http.Response, error) {
	r := baseRequest{Model: "m-1", Messages: []baseMessage{{"user", "你好"}}, Stream: stream}
	if stream {
		r.StreamOptions = map[string]bool{"include_usage": true}
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+testKey)
	return client.Do(req)
}

// baseStream hands each text to each and returns how many there were.
func baseStream(ctx context.Context, client *http.Client, base string, each func(string)) (int, error) {
	resp, err := basePost(ctx, client, base, true)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	n := 0
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		var a baseAnswer
		if err := json.Unmarshal([]byte(data), &a); err != nil {
			return n, err
		}
		if len(a.Choices) > 0 && a.Choices[0].Delta.Content != "" {
			each(a.Choices[0].Delta.Content)
			n++
		}
	}
	return n, lines.Err()
}

func baseWhole(ctx context.Context, client *http.Client, base string) (string, error) {
	resp, err := basePost(ctx, client, base, false)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var a baseAnswer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return "", err
	}
	return a.Choices[0].Message.Content, nil
}

func ourStream(ctx context.Context, c *Client, req *assistant.Request, each func(string)) (int, error) {
	n := 0
	for k, err := range c.Stream(ctx, req) {
		if err != nil {
			return n, err
		}
		if k.Text != "" {
			each(k.Text)
			n++
		}
	}
	return n, nil
}

// A cost is what some work took of this process.
type cost struct {
	cpu, wall time.Duration
	mallocs   uint64
}

func measure(b *testing.B, work func() error) cost {
	b.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start := cpuTime(), time.Now()
	err := work()
	c := cost{cpu: cpuTime() - cpu, wall: time.Since(start)}
	require.NoError(b, err)
	runtime.ReadMemStats(&after)
	c.mallocs = after.Mallocs - before.Mallocs
	return c
}

func (c *cost) add(d cost) {
	c.cpu += d.cpu
	c.wall += d.wall
	c.mallocs += d.mallocs
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// compare runs both works by turns and reports what ours cost in terms of the baseline, and per unit.
func compare(b *testing.B, unit string, units int, base, ours func() error) {
	b.Helper()
	require.NoError(b, base()) // connections, pools
	require.NoError(b, ours())
	var baseCost, ourCost cost
	n := 0
	for b.Loop() {
		n++
		baseCost.add(measure(b, base))
		ourCost.add(measure(b, ours))
	}
	per := float64(n * units)
	b.ReportMetric(0, "ns/op") // of both together, which says nothing
	b.ReportMetric(float64(ourCost.cpu)/float64(baseCost.cpu), "cpu-ratio")
	b.ReportMetric(float64(ourCost.wall)/float64(baseCost.wall), "wall-ratio")
	b.ReportMetric(float64(ourCost.cpu)/per, "cpu-ns/"+unit)
	b.ReportMetric(float64(ourCost.mallocs)/per, "allocs/"+unit)
	b.ReportMetric(float64(baseCost.mallocs)/per, "base-allocs/"+unit)
}

func benchClient(b *testing.B, base string, tweak ...func(*Config)) (*Client, *http.Client) {
	b.Helper()
	tr := &http.Transport{}
	b.Cleanup(tr.CloseIdleConnections)
	cfg := Config{Profile: testProfile(), BaseURL: base, Key: testKey, Model: "m-1", HTTPClient: &http.Client{Transport: tr}}
	for _, f := range tweak {
		f(&cfg)
	}
	c, err := New(cfg)
	require.NoError(b, err)
	baseTr := &http.Transport{}
	b.Cleanup(baseTr.CloseIdleConnections)
	return c, &http.Client{Transport: baseTr}
}

func benchStream(b *testing.B, path, unit string, units, chunks, repeat int) {
	base := startBenchServer(b) + path
	c, client := benchClient(b, base)
	ctx, req := context.Background(), hello()
	var size int
	each := func(s string) { size += len(s) }
	check := func(n int, err error) error {
		if err == nil && n != chunks {
			return errors.New("chunks were lost")
		}
		return err
	}
	compare(b, unit, units,
		func() error {
			for range repeat {
				if err := check(baseStream(ctx, client, base, each)); err != nil {
					return err
				}
			}
			return nil
		},
		func() error {
			for range repeat {
				if err := check(ourStream(ctx, c, req, each)); err != nil {
					return err
				}
			}
			return nil
		})
}

// BenchmarkStream is a long reply: what one chunk costs.
func BenchmarkStream(b *testing.B) {
	benchStream(b, "/long", "chunk", benchChunks, benchChunks, 1)
}

// BenchmarkShortStream is a short reply: what a whole call costs.
func BenchmarkShortStream(b *testing.B) {
	benchStream(b, "/short", "call", 50, shortChunks, 50)
}

// BenchmarkWholeAnswer is a reply that is not streamed.
func BenchmarkWholeAnswer(b *testing.B) {
	base := startBenchServer(b) + "/whole"
	c, client := benchClient(b, base, whole)
	ctx, req := context.Background(), hello()
	const repeat = 50
	compare(b, "call", repeat,
		func() error {
			for range repeat {
				if _, err := baseWhole(ctx, client, base); err != nil {
					return err
				}
			}
			return nil
		},
		func() error {
			for range repeat {
				if n, err := ourStream(ctx, c, req, func(string) {}); err != nil || n != 1 {
					return errors.Join(err, errors.New("not one text"))
				}
			}
			return nil
		})
}

// BenchmarkOpenStreams compares what streams cost that are open and silent.
func BenchmarkOpenStreams(b *testing.B) {
	const streams = 500
	base := startBenchServer(b) + "/hold"
	c, client := benchClient(b, base)
	hold := func(stream func(context.Context, func(string)) (int, error)) (heap, goroutines float64) {
		ctx, cancel := context.WithCancel(context.Background())
		before := runtime.NumGoroutine()
		heapBefore := liveHeap()
		var opened, closed sync.WaitGroup
		opened.Add(streams)
		for range streams {
			closed.Go(func() { _, _ = stream(ctx, func(string) { opened.Done() }) })
		}
		opened.Wait()
		goroutines = float64(runtime.NumGoroutine()-before) / streams
		heap = (liveHeap() - heapBefore) / streams
		cancel()
		closed.Wait()
		return heap, goroutines
	}
	var baseHeap, ourHeap, baseGo, ourGo float64
	n := 0.0
	for b.Loop() {
		n++
		h, g := hold(func(ctx context.Context, each func(string)) (int, error) { return baseStream(ctx, client, base, each) })
		baseHeap, baseGo = baseHeap+h, baseGo+g
		h, g = hold(func(ctx context.Context, each func(string)) (int, error) { return ourStream(ctx, c, hello(), each) })
		ourHeap, ourGo = ourHeap+h, ourGo+g
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ourHeap/n, "heap-B/stream")
	b.ReportMetric(ourHeap/baseHeap, "heap-ratio")
	b.ReportMetric((ourGo-baseGo)/n, "extra-goroutines/stream")
}

func liveHeap() float64 {
	runtime.GC()
	runtime.GC() // pools are emptied by the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
