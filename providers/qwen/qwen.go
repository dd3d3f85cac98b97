package qwen

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

const (
	// Vendor is the adapter's name: in assistant.Meta, in errors and in assistant.Request.Extra.
	Vendor = "qwen"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "qwen-plus"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "DASHSCOPE_API_KEY"
	BaseURLVar = "DASHSCOPE_COMPATIBLE_BASE_URL"
)

// A Region is where the vendor serves a request. Keys belong to one region and are refused in others.
type Region string

// The regions.
const (
	China         Region = "cn"      // Beijing; the default
	International Region = "intl"    // Singapore
	US            Region = "us"      // Virginia
	Finance       Region = "finance" // the cloud for banks in China
)

var hosts = map[Region]string{
	China:         "https://dashscope.aliyuncs.com",
	International: "https://dashscope-intl.aliyuncs.com",
	US:            "https://dashscope-us.aliyuncs.com",
	Finance:       "https://dashscope-finance.aliyuncs.com",
}

const compatiblePath = "/compatible-mode/v1"

// Config says how to reach the vendor. The zero Config works if DASHSCOPE_API_KEY is set.
type Config struct {
	// Key is the API key. If empty, the environment variable DASHSCOPE_API_KEY.
	Key assistant.Secret

	// Region chooses the address. If empty, [China].
	Region Region

	// BaseURL is the address that "/chat/completions" is appended to. If set, Region must be empty.
	// If both are empty, the environment variable DASHSCOPE_COMPATIBLE_BASE_URL.
	BaseURL string

	// Model is used for requests that name none. If empty, [DefaultModel].
	Model string

	// SameAs names, for a model that this package does not know, one that it knows and whose rules
	// the model has.
	SameAs map[string]string

	// PreserveThinking sends earlier thinking back, so that the model goes on from it. It costs
	// input tokens.
	PreserveThinking bool

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request, such as X-DashScope-DataInspection.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout; keep-alive comments are not silence. If zero, 2 minutes, or 10 for
	// replies that are not streamed; if negative, for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece, where the model can do that. It then comes in
	// a few large chunks.
	DisableStreaming bool
}

// A Model is a Qwen chat model. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultModel
	}
	client, err := newClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &Model{client: client}, nil
}

func newClient(cfg Config) (*openaiwire.Client, error) {
	p := profile()
	if cfg.PreserveThinking {
		p = preservingProfile()
	}
	return newClientWith(cfg, p, nil)
}

func newClientWith(cfg Config, p *openaiwire.Profile, t *openaiwire.Translation) (*openaiwire.Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, err
	}
	key := cfg.Key
	if key == "" {
		key = assistant.Secret(os.Getenv(KeyVar))
	}
	if key == "" {
		return nil, errors.New("no key: set Config.Key or the environment variable " + KeyVar)
	}
	return openaiwire.New(openaiwire.Config{
		Profile:           p,
		Translation:       t,
		BaseURL:           base,
		Key:               key,
		Model:             cfg.Model,
		SameAs:            cfg.SameAs,
		HTTPClient:        cfg.HTTPClient,
		Header:            cfg.Header,
		IdleTimeout:       cfg.IdleTimeout,
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
}

func baseURL(cfg Config) (string, error) {
	if cfg.BaseURL != "" {
		if cfg.Region != "" {
			return "", errors.New("Config.Region and Config.BaseURL are both set; leave one empty")
		}
		return cfg.BaseURL, nil
	}
	if base := os.Getenv(BaseURLVar); base != "" && cfg.Region == "" {
		return base, nil
	}
	region := cfg.Region
	if region == "" {
		region = China
	}
	host, ok := hosts[region]
	if !ok {
		return "", fmt.Errorf("unknown region %q; the regions are cn, intl, us and finance", region)
	}
	return host + compatiblePath, nil
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "qwen/qwen-plus".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }

// besideChat is the address of a path that stands beside that of chat, not below it.
func besideChat(base, path string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, errors.New("the base URL cannot be parsed")
	}
	u.Path = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), compatiblePath) + path
	return u, nil
}
