package doubao

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
	Vendor = "doubao"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "doubao-seed-2-1-pro-260628"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "ARK_API_KEY"
	BaseURLVar = "ARK_BASE_URL"
)

// A Region is where the vendor serves a request, or the plan that pays for it. Keys belong to one and
// are refused in others.
type Region string

// The regions.
const (
	China         Region = "cn"     // Beijing; the default
	International Region = "intl"   // BytePlus ModelArk, Singapore; the models have other names
	CodingPlan    Region = "coding" // Beijing, paid by the coding plan
	AgentPlan     Region = "agent"  // Beijing, paid by the agent plan
)

var bases = map[Region]string{
	China:         "https://ark.cn-beijing.volces.com/api/v3",
	International: "https://ark.ap-southeast.bytepluses.com/api/v3",
	CodingPlan:    "https://ark.cn-beijing.volces.com/api/coding/v3",
	AgentPlan:     "https://ark.cn-beijing.volces.com/api/plan/v3",
}

// Config says how to reach the vendor. The zero Config works if ARK_API_KEY is set.
type Config struct {
	// Key is the API key. If empty, the environment variable ARK_API_KEY.
	Key assistant.Secret

	// Region chooses the address. If empty, [China].
	Region Region

	// BaseURL is the address that "/chat/completions" is appended to. If set, Region must be empty.
	// If both are empty, the environment variable ARK_BASE_URL.
	BaseURL string

	// Model is used for requests that name none: a model with its date, an endpoint "ep-…" or a bot
	// "bot-…". If empty, [DefaultModel].
	Model string

	// SameAs names, for a model or an endpoint that this package does not know, a model that it
	// knows and whose rules it has, such as {"ep-20260701-abc": "doubao-seed-1-6-flash-250828"}.
	SameAs map[string]string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request, such as X-Project-Name.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout. If zero, 10 minutes, because the models may think for long and show
	// only a summary of it; if negative, for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

const defaultIdle = 10 * time.Minute

// A Model is a chat model on Ark. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultModel
	}
	client, err := newClient(cfg)
	if err != nil {
		return nil, err
	}
	return &Model{client: client}, nil
}

func newClient(cfg Config) (*openaiwire.Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, fmt.Errorf("doubao: %w", err)
	}
	key := cfg.Key
	if key == "" {
		key = assistant.Secret(os.Getenv(KeyVar))
	}
	if key == "" {
		return nil, errors.New("doubao: no key: set Config.Key or the environment variable " + KeyVar)
	}
	if cfg.IdleTimeout == 0 {
		cfg.IdleTimeout = defaultIdle
	}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:           profile(),
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
	if err != nil {
		return nil, fmt.Errorf("doubao: %w", err)
	}
	return client, nil
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
	base, ok := bases[region]
	if !ok {
		return "", fmt.Errorf("unknown region %q; the regions are cn, intl, coding and agent", region)
	}
	return base, nil
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "doubao/doubao-seed-2-1-pro-260628".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
