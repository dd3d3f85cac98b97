package deepseek

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
	Vendor = "deepseek"

	// DefaultBaseURL is the vendor's address.
	DefaultBaseURL = "https://api.deepseek.com"

	// DefaultModel is used if neither the request nor Config.Model names one.
	DefaultModel = "deepseek-flash"

	// KeyVar and BaseURLVar are the environment variables that stand in for zero fields of Config.
	KeyVar     = "DEEPSEEK_API_KEY"
	BaseURLVar = "DEEPSEEK_BASE_URL"
)

// Config says how to reach the vendor. The zero Config works if DEEPSEEK_API_KEY is set.
type Config struct {
	// Key is the API key. If empty, the environment variable DEEPSEEK_API_KEY.
	Key assistant.Secret

	// BaseURL is the address that "/chat/completions" is appended to. If empty, the environment
	// variable DEEPSEEK_BASE_URL; if that is empty too, [DefaultBaseURL].
	BaseURL string

	// BetaURL is the address of what the vendor calls beta: continued answers, gaps to fill, strict
	// tools. If empty, "/beta" beside the BaseURL.
	BetaURL string

	// Model is used for requests that name none. If empty, [DefaultModel].
	Model string

	// SameAs names, for a model that this package does not know, one that it knows and whose rules
	// the model has.
	SameAs map[string]string

	// StrictTools has the vendor hold the arguments of tool calls to the tools' schemas, which must
	// then be of the kind that it can enforce. All requests go to the beta address.
	StrictTools bool

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request.
	Header http.Header

	// IdleTimeout is how long the vendor may be silent before the call fails with
	// assistant.ErrTimeout; the signs of life that it sends while a request is queued are not
	// silence. If zero, 2 minutes, or 10 for replies that are not streamed; if negative, for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

// A Model is a DeepSeek model. It is safe for concurrent use.
type Model struct {
	client  *openaiwire.Client
	fill    *url.URL
	balance *url.URL
	search  *url.URL
}

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; a wrong key shows with the first request.
func New(cfg Config) (*Model, error) {
	m, err := newModel(cfg)
	if err != nil {
		return nil, fmt.Errorf("deepseek: %w", err)
	}
	return m, nil
}

func newModel(cfg Config) (*Model, error) {
	base := cfg.BaseURL
	if base == "" {
		base = os.Getenv(BaseURLVar)
	}
	if base == "" {
		base = DefaultBaseURL
	}
	root, err := rootURL(base)
	if err != nil {
		return nil, err
	}
	beta := below(root, "/beta")
	if cfg.BetaURL != "" {
		if beta, err = url.Parse(cfg.BetaURL); err != nil {
			return nil, errors.New("the beta URL cannot be parsed")
		}
	}
	p := profile()
	if cfg.StrictTools {
		base, p = beta.String(), strictProfile()
	}
	key := cfg.Key
	if key == "" {
		key = assistant.Secret(os.Getenv(KeyVar))
	}
	if key == "" {
		return nil, errors.New("no key: set Config.Key or the environment variable " + KeyVar)
	}
	model := cfg.Model
	if model == "" {
		model = DefaultModel
	}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:           p,
		BaseURL:           base,
		PrefixURL:         beta.String(),
		Key:               key,
		Model:             model,
		SameAs:            cfg.SameAs,
		HTTPClient:        cfg.HTTPClient,
		Header:            cfg.Header,
		IdleTimeout:       cfg.IdleTimeout,
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
	if err != nil {
		return nil, err
	}
	return &Model{
		client:  client,
		fill:    below(beta, "/completions"),
		balance: below(root, "/user/balance"),
		search:  below(root, "/v1/tools/search"),
	}, nil
}

// rootURL returns the address that a base stands for without its version.
func rootURL(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil { // the error would quote the URL, which may hold a password
		return nil, errors.New("the base URL cannot be parsed")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	for _, version := range []string{"/v1", "/beta"} {
		if path, ok := strings.CutSuffix(u.Path, version); ok {
			u.Path = path
			break
		}
	}
	u.RawPath = ""
	return u, nil
}

func below(u *url.URL, path string) *url.URL {
	v := *u
	v.Path, v.RawPath = strings.TrimRight(u.Path, "/")+path, ""
	return &v
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return m.client.Stream(ctx, req)
}

// String returns the adapter and the model, such as "deepseek/deepseek-flash".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
