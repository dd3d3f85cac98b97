package langchain_test

import (
	"context"
	"errors"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/fake"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// An LLM that does everything right keeps the contract, whatever it streams from.
func TestContract(t *testing.T) {
	t.Parallel()
	answer := &llms.ContentChoice{Content: "你好,世界", StopReason: "stop"}
	elsewhere := scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (r *llms.ContentResponse, err error) {
		var wg sync.WaitGroup // as langchaingo's client for Anthropic does
		wg.Go(func() { r, err = streams(answer, "你好", ",", "世界")(ctx, m, o) })
		wg.Wait()
		return r, err
	})
	for name, llm := range map[string]scripted{"here": streams(answer, "你好", ",", "世界"), "elsewhere": elsewhere, "whole": streams(answer)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			providertest.Run(t, func() assistant.Model { return langchain.FromLLM(llm, langchain.Config{}) }, providertest.Options{
				Failing: func() assistant.Model {
					return langchain.FromLLM(scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
						return nil, errors.New("坏了")
					}), langchain.Config{})
				},
			})
		})
	}
}

// The loop's body always runs in the goroutine of the loop, so that iter.Pull works.
func TestPull(t *testing.T) {
	t.Parallel()
	llm := scripted(func(ctx context.Context, m []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		done := make(chan error)
		go func() { done <- o.StreamingFunc(ctx, []byte("你好")) }()
		return response(&llms.ContentChoice{Content: "你好", StopReason: "stop"}), <-done
	})
	next, stop := iter.Pull2(langchain.FromLLM(llm, langchain.Config{}).Stream(t.Context(), hello()))
	defer stop()
	k, err, ok := next()
	require.True(t, ok)
	require.NoError(t, err)
	require.Equal(t, "你好", k.Text)
}

// Leaving the loop, for whatever reason, ends the call before the loop is over.
func TestLeaving(t *testing.T) {
	t.Parallel()
	var ended bool
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		defer func() { ended = true }()
		for {
			if err := o.StreamingFunc(ctx, []byte("话")); err != nil {
				return nil, err
			}
		}
	})
	m := langchain.FromLLM(llm, langchain.Config{})
	for range m.Stream(t.Context(), hello()) {
		break
	}
	require.True(t, ended)

	ended = false
	require.PanicsWithValue(t, "出错", func() {
		for range m.Stream(t.Context(), hello()) {
			panic("出错")
		}
	})
	require.True(t, ended)

	// An LLM that ignores the functions' errors sees the end of its context.
	ended = false
	deaf := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		defer func() { ended = true }()
		_ = o.StreamingFunc(ctx, []byte("话"))
		<-ctx.Done()
		return nil, nil
	})
	for range langchain.FromLLM(deaf, langchain.Config{}).Stream(t.Context(), hello()) {
		break
	}
	require.True(t, ended)
}

// A streaming function that is called after the call has returned gets an error, and nothing is yielded.
func TestLatePieces(t *testing.T) {
	t.Parallel()
	late := make(chan error, 1)
	begin := make(chan struct{})
	llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
		go func() {
			<-begin
			late <- o.StreamingFunc(ctx, []byte("迟到"))
		}()
		return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
	})
	r, err := generate(t, llm, langchain.Config{})
	close(begin)
	require.NoError(t, err)
	require.Equal(t, "好", r.Text())
	require.Error(t, <-late)
}

func TestNames(t *testing.T) {
	t.Parallel()
	m := langchain.FromLLM(fake.NewFakeLLM([]string{"好"}), langchain.Config{})
	r, err := assistant.Generate(t.Context(), m, hello())
	require.NoError(t, err, "langchaingo's fake gives no stop reason, which is known")
	require.Equal(t, "fake", r.Vendor)

	require.Equal(t, "langchain/m", langchain.FromLLM(streams(nil), langchain.Config{Model: "m"}).String())
	require.Equal(t, "own/m", langchain.FromLLM(streams(nil), langchain.Config{Client: "openai", Vendor: "own", Model: "m"}).String())
	require.Equal(t, "openai/", langchain.FromLLM(streams(nil), langchain.Config{Client: "openai"}).String())

	_, err = generate(t, nil, langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol, "no LLM at all")
}

// The end of the caller's context is reported as such, whatever langchaingo makes of it.
func TestContext(t *testing.T) {
	t.Parallel()
	results := map[string]func() (*llms.ContentResponse, error){
		"hidden in words": func() (*llms.ContentResponse, error) { return nil, errors.New("request cancelled") },
		"partial answer":  func() (*llms.ContentResponse, error) { return response(&llms.ContentChoice{Content: "半"}), nil },
		"nothing":         func() (*llms.ContentResponse, error) { return response(new(llms.ContentChoice)), nil },
		"the function's":  nil,
		"whole all the same": func() (*llms.ContentResponse, error) {
			return response(&llms.ContentChoice{Content: "好", StopReason: "stop"}), nil
		},
	}
	for name, result := range results {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				llm := scripted(func(ctx context.Context, _ []llms.MessageContent, o *llms.CallOptions) (*llms.ContentResponse, error) {
					<-ctx.Done()
					if result == nil {
						return nil, o.StreamingFunc(ctx, []byte("迟到"))
					}
					return result()
				})
				_, err := assistant.Generate(ctx, langchain.FromLLM(llm, langchain.Config{}), hello())
				if name == "whole all the same" {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.NotErrorIs(t, err, assistant.ErrTimeout)
			})
		})
	}
}
