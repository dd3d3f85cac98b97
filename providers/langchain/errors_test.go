package langchain_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	own := errors.New("own")
	tests := []struct {
		name string
		give error
		want error
		not  string
	}{
		{"status with a message", errors.New("API returned unexpected status code: 429: 太快了"), assistant.ErrRateLimited, ""},
		{"status alone", errors.New("API returned unexpected status code: 503"), assistant.ErrOverloaded, ""},
		{"status and a telling message", errors.New("API returned unexpected status code: 400: This model's maximum context length is 8192 tokens"), assistant.ErrContextLength, ""},
		{"status of Amazon", errors.New("operation error: https response error StatusCode: 429, RequestID: x, ThrottlingException"), assistant.ErrRateLimited, ""},
		{"status of Google", errors.New("error in stream mode: googleapi: Error 403: denied"), assistant.ErrPermission, ""},
		{"a key in the message", errors.New("API returned unexpected status code: 401: bad key sk-abcdef123456"), assistant.ErrAuth, "abcdef"},
		{"a key in the text", errors.New("bad key sk-abcdef123456"), assistant.ErrServer, "abcdef"},
		{"a key in the address", &url.Error{Op: "Post", URL: "https://example.com/?key=geheim", Err: refused}, assistant.ErrNetwork, "geheim"},
		{"cut", fmt.Errorf("error reading streaming response: %w", io.ErrUnexpectedEOF), assistant.ErrTruncated, ""},
		{"JSON", json.Unmarshal([]byte("<html>"), new(any)), assistant.ErrProtocol, ""},
		{"no choices", errors.New("no response"), assistant.ErrProtocol, ""},
		{"hidden network error", errors.New("network error: failed to reach API server"), assistant.ErrNetwork, ""},
		{"hidden timeout", errors.New("request timeout: network operation exceeded timeout"), assistant.ErrTimeout, ""},
		{"langchaingo's own", llms.NewError(llms.ErrCodeContentFilter, "x", "blocked"), assistant.ErrBlocked, ""},
		{"langchaingo's own, wrapped", fmt.Errorf("call: %w", llms.ErrTokenLimit), assistant.ErrContextLength, ""},
		{"words only", errors.New("Insufficient quota"), assistant.ErrQuota, ""},
		{"not supported", errors.New("role tool not supported"), assistant.ErrInvalid, ""},
		{"unknown", own, assistant.ErrServer, ""},
		{"the cause can be asked for", fmt.Errorf("call: %w", own), own, ""},
		{"long", errors.New(strings.Repeat("很长", 10_000)), assistant.ErrServer, ""},
		{"ours", fmt.Errorf("call: %w", &assistant.Error{Kind: assistant.ErrQuota, Vendor: "qwen"}), assistant.ErrQuota, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
				return nil, tt.give
			}), langchain.Config{})
			require.ErrorIs(t, err, tt.want)
			var e *assistant.Error
			require.ErrorAs(t, err, &e)
			require.NotEmpty(t, e.Vendor)
			require.Less(t, len(err.Error()), 1000)
			if tt.not != "" {
				require.NotContains(t, err.Error(), tt.not)
			}
		})
	}

	// A time limit of the client's own is not the end of the caller's context.
	_, err := generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		return nil, fmt.Errorf("client: %w", context.DeadlineExceeded)
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrTimeout)
	require.NotErrorIs(t, err, context.DeadlineExceeded)
	require.True(t, assistant.Retryable(err))

	_, err = generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		return nil, nil
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol)
	_, err = generate(t, scripted(func(context.Context, []llms.MessageContent, *llms.CallOptions) (*llms.ContentResponse, error) {
		panic("nil map")
	}), langchain.Config{})
	require.ErrorIs(t, err, assistant.ErrProtocol)
	require.ErrorContains(t, err, "langchaingo panicked: nil map")
}
