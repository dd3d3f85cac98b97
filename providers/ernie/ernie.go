package ernie

import (
	"cmp"
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
	Vendor = "ernie"

	// DefaultBaseURL is the vendor's address.
	DefaultBaseURL = "https://qianfan.baidubce.com/v2"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "ernie-5.1"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "QIANFAN_API_KEY"
	BaseURLVar = "QIANFAN_BASE_URL"
)

// keyVars are the variables that hold the key, tried in order: the vendor's programs know all of them.
var keyVars = []string{KeyVar, "BAIDU_QIANFAN_API_KEY", "QIANFAN_BEARER_TOKEN"}

// Config says how to reach the vendor. The zero Config works if QIANFAN_API_KEY is set.
type Config struct {
	// Key is the API key, which begins with "bce-v3/". If empty, the environment variable
	// QIANFAN_API_KEY, BAIDU_QIANFAN_API_KEY or QIANFAN_BEARER_TOKEN.
	Key assistant.Secret

	// BaseURL is the address that "/chat/completions" is appended to. If empty, the environment
	// variable QIANFAN_BASE_URL; if that is empty too, [DefaultBaseURL].
	BaseURL string

	// Model is used for requests that name none. If empty, [DefaultModel].
	Model string

	// SameAs names, for a model that this package does not know, one that it knows and whose rules
	// the model has.
	SameAs map[string]string

	// AppID is the application that is billed. If empty, the key's own.
	AppID string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout. If zero, 2 minutes, or 10 for replies that are not streamed; if negative,
	// for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

// A Model is a chat model on the vendor's platform. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultModel)
	client, err := newClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Model{client: client}, nil
}

func newClient(cfg Config) (*openaiwire.Client, error) {
	key := cfg.Key
	for _, name := range keyVars {
		key = cmp.Or(key, assistant.Secret(os.Getenv(name)))
	}
	if key == "" {
		return nil, errors.New("ernie: no key: set Config.Key or the environment variable " + KeyVar)
	}
	header := cfg.Header
	if cfg.AppID != "" {
		if header = header.Clone(); header == nil {
			header = http.Header{}
		}
		header.Set("Appid", cfg.AppID)
	}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:           profile(),
		BaseURL:           cmp.Or(cfg.BaseURL, os.Getenv(BaseURLVar), DefaultBaseURL),
		Key:               key,
		Model:             cfg.Model,
		SameAs:            cfg.SameAs,
		HTTPClient:        cfg.HTTPClient,
		Header:            header,
		IdleTimeout:       cfg.IdleTimeout,
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
	if err != nil {
		return nil, fmt.Errorf("ernie: %w", err)
	}
	return client, nil
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "ernie/ernie-5.1".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
