package openai

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"os"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

const (
	// Vendor is the adapter's name: in assistant.Meta, in errors and in assistant.Request.Extra.
	Vendor = "openai"

	// DefaultBaseURL is OpenAI's own address.
	DefaultBaseURL = "https://api.openai.com/v1"

	// DefaultModel is used if neither the request nor Config.Model names one and the address is
	// OpenAI's own.
	DefaultModel = "gpt-5-mini"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "OPENAI_API_KEY"
	BaseURLVar = "OPENAI_BASE_URL"
)

// Config says where the model is. Zero fields are taken from the environment.
type Config struct {
	// BaseURL is the address that "/chat/completions" is appended to, whatever its path. If empty,
	// the environment variable OPENAI_BASE_URL; if that is empty too, [DefaultBaseURL].
	BaseURL string

	// Key is the API key. If empty, the environment variable OPENAI_API_KEY. It may be missing if
	// BaseURL is set, because local servers want none.
	Key assistant.Secret

	// Model is used for requests that name none.
	Model string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request.
	Header http.Header

	// IdleTimeout is how long the server may be silent before the call fails with
	// assistant.ErrTimeout; keep-alive comments are not silence. If zero, 2 minutes, or 10 for
	// replies that are not streamed; if negative, for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

// A Model is a chat model behind an OpenAI-compatible address. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	client, err := newClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("openai: %w", err)
	}
	return &Model{client: client}, nil
}

func newClient(cfg Config) (*openaiwire.Client, error) {
	base, local := cfg.BaseURL, true
	if base == "" {
		base = os.Getenv(BaseURLVar)
	}
	if base == "" {
		base, local = DefaultBaseURL, false
	}
	key := cfg.Key
	if key == "" {
		key = assistant.Secret(os.Getenv(KeyVar))
	}
	if key == "" && !local {
		return nil, errors.New("no key: set Config.Key or the environment variable " + KeyVar)
	}
	model := cfg.Model
	if model == "" && !local {
		model = DefaultModel
	}
	return openaiwire.New(openaiwire.Config{
		Profile:           profile(),
		BaseURL:           base,
		Key:               key,
		Model:             model,
		HTTPClient:        cfg.HTTPClient,
		Header:            cfg.Header,
		IdleTimeout:       cfg.IdleTimeout,
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "openai/gpt-5-mini".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
