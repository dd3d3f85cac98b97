package pangu

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
	Vendor = "pangu"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "openpangu-2.0-flash"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "MAAS_API_KEY"
	BaseURLVar = "MAAS_BASE_URL"
)

// A Region is where the vendor serves a request. Keys belong to one region and are refused in others.
type Region string

// The regions.
const (
	China    Region = "cn" // Guiyang, cn-southwest-2; the default
	HongKong Region = "hk" // ap-southeast-1; it has fewer models, Pangu not among them
)

var hosts = map[Region]string{
	China:    "https://api.modelarts-maas.com",
	HongKong: "https://api-ap-southeast-1.modelarts-maas.com",
}

const chatPath = "/openai/v1"

// Config says how to reach the vendor. The zero Config works if MAAS_API_KEY is set.
type Config struct {
	// Key is the API key. If empty, the environment variable MAAS_API_KEY.
	Key assistant.Secret

	// KeyHeader is the header that Key stands in, bare, where it is not an API key of MaaS: a
	// deployment of one's own on the Pangu platform wants "X-Auth-Token" with an IAM token, or
	// "X-Apig-AppCode" with a code. If empty, the key is sent as a bearer token.
	KeyHeader string

	// Region chooses the address. If empty, [China].
	Region Region

	// BaseURL is the address that "/chat/completions" is appended to. If set, Region must be empty.
	// If both are empty, the environment variable MAAS_BASE_URL.
	BaseURL string

	// Model is used for requests that name none. Case matters. If empty, [DefaultModel].
	Model string

	// SameAs names, for a model that this package does not know, one that it knows and whose rules
	// the model has.
	SameAs map[string]string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request, such as X-Span-Id, which comes back in errors.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout; keep-alive comments are not silence. If zero, 2 minutes, or 10 for
	// replies that are not streamed; if negative, for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

// A Model is a chat model on MaaS. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	if cfg.Model == "" {
		cfg.Model = DefaultModel
	}
	base, err := baseURL(cfg)
	if err != nil {
		return nil, fmt.Errorf("pangu: %w", err)
	}
	client, err := newClient(cfg, base)
	if err != nil {
		return nil, fmt.Errorf("pangu: %w", err)
	}
	return &Model{client: client}, nil
}

// newServiceClient returns a client for what the vendor has beside chat.
func newServiceClient(cfg Config) (*openaiwire.Client, error) {
	base, err := baseURL(cfg)
	if err != nil {
		return nil, fmt.Errorf("pangu: %w", err)
	}
	if service := serviceURL(base); service != "" {
		base = service
	}
	client, err := newClient(cfg, base)
	if err != nil {
		return nil, fmt.Errorf("pangu: %w", err)
	}
	return client, nil
}

func newClient(cfg Config, base string) (*openaiwire.Client, error) {
	key := cfg.Key
	if key == "" {
		key = assistant.Secret(os.Getenv(KeyVar))
	}
	if key == "" {
		return nil, errors.New("no key: set Config.Key or the environment variable " + KeyVar)
	}
	return openaiwire.New(openaiwire.Config{
		Profile:           profile(),
		BaseURL:           base,
		PrefixURL:         serviceURL(base),
		Key:               key,
		KeyHeader:         cfg.KeyHeader,
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
		return "", fmt.Errorf("unknown region %q; the regions are cn and hk", region)
	}
	return host + chatPath, nil
}

// serviceURL returns the address of the vendor's first protocol, which continues answers and has all
// that is not chat. It is empty if the base is not one of the vendor's common addresses, such as that
// of a deployment.
func serviceURL(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	path := strings.TrimRight(u.Path, "/")
	if strings.Contains(path, "/infers/") || strings.Contains(path, "/deployments/") || strings.HasSuffix(path, "/api/v2") {
		return ""
	}
	for _, version := range []string{chatPath, "/v2", "/v1"} {
		if root, ok := strings.CutSuffix(path, version); ok {
			u.Path, u.RawPath = root+"/v1", ""
			return u.String()
		}
	}
	return ""
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "pangu/openpangu-2.0-flash".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
