package hunyuan

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
	Vendor = "hunyuan"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "hy3"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "TENCENT_TOKENHUB_API_KEY"
	BaseURLVar = "TENCENT_TOKENHUB_BASE_URL"
)

// keyVars are the variables that hold the key, tried in order: programs for this vendor use all of them.
var keyVars = []string{KeyVar, "TOKENHUB_API_KEY", "TENCENT_API_KEY", "HUNYUAN_API_KEY"}

// A Region is where the vendor serves a request, and for whose accounts. Keys belong to one region and
// are refused in others.
type Region string

// The regions.
const (
	China                  Region = "cn"             // the default
	International          Region = "intl"           // international accounts, served in Singapore
	InternationalGuangzhou Region = "intl-guangzhou" // international accounts, served in Guangzhou
)

var hosts = map[Region]string{
	China:                  "https://tokenhub.tencentmaas.com/v1",
	International:          "https://tokenhub-intl.tencentcloudmaas.com/v1",
	InternationalGuangzhou: "https://tokenhub.tencentcloudmaas.com/v1",
}

// Config says how to reach TokenHub. The zero Config works if TENCENT_TOKENHUB_API_KEY is set.
type Config struct {
	// Key is the API key. If empty, the environment variable TENCENT_TOKENHUB_API_KEY,
	// TOKENHUB_API_KEY, TENCENT_API_KEY or HUNYUAN_API_KEY.
	Key assistant.Secret

	// Region chooses the address. If empty, [China].
	Region Region

	// BaseURL is the address that "/chat/completions" is appended to, such as that of a token plan or
	// of the vendor's older hosts. If set, Region must be empty. If both are empty, the environment
	// variable TENCENT_TOKENHUB_BASE_URL.
	BaseURL string

	// Model is used for requests that name none. If empty, [DefaultModel]. Services of one's own, whose
	// names begin with "ep-", are taken too.
	Model string

	// SameAs names, for a model that this package does not know, one that it knows and whose rules
	// the model has.
	SameAs map[string]string

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

// A Model is a chat model. It is safe for concurrent use.
type Model struct {
	client *openaiwire.Client
	native bool
}

var _ assistant.Model = (*Model)(nil)

// New returns a model on TokenHub. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultModel)
	client, err := newClient(cfg)
	if err != nil {
		return nil, fmt.Errorf("hunyuan: %w", err)
	}
	return &Model{client: client}, nil
}

func newClient(cfg Config) (*openaiwire.Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, err
	}
	key := cfg.Key
	for _, name := range keyVars {
		key = cmp.Or(key, assistant.Secret(os.Getenv(name)))
	}
	if key == "" {
		return nil, errors.New("no key: set Config.Key or the environment variable " + KeyVar)
	}
	return openaiwire.New(openaiwire.Config{
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
	region := cmp.Or(cfg.Region, China)
	host, ok := hosts[region]
	if !ok {
		return "", fmt.Errorf("unknown region %q; the regions are cn, intl and intl-guangzhou", region)
	}
	return host, nil
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	chunks := m.client.Stream(ctx, req)
	if m.native && req != nil && len(req.Stop) > 0 {
		return withoutStops(chunks, req.Stop)
	}
	return chunks
}

// String returns the adapter and the model, such as "hunyuan/hy3".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
