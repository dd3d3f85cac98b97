package ollama

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
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
	Vendor = "ollama"

	// DefaultBaseURL is the address of a server on this machine.
	DefaultBaseURL = "http://127.0.0.1:11434"

	// KeyVar and HostVar are the environment variables that stand in for zero fields of Config.
	KeyVar  = "OLLAMA_API_KEY"
	HostVar = "OLLAMA_HOST"
)

// Config says where the server is. The zero Config is the server on this machine.
type Config struct {
	// BaseURL is the address of the server, with or without the path /v1 or /api. If empty, the environment
	// variable OLLAMA_HOST, which may be a host and a port alone; if that is empty too,
	// [DefaultBaseURL].
	BaseURL string

	// Key is for servers behind a gate, such as https://ollama.com. If empty, the environment
	// variable OLLAMA_API_KEY, and without that none is sent.
	Key assistant.Secret

	// Model is used for requests that name none, such as "qwen3:8b".
	Model string

	// HTTPClient sends the requests. If nil, a client that all adapters share and that follows no
	// redirect. Do not set its Timeout: it would cut long streams.
	HTTPClient *http.Client

	// Header is added to every request.
	Header http.Header

	// IdleTimeout is how long the server may be silent before the call fails with
	// assistant.ErrTimeout. Loading a large model is silence too. If zero, 10 minutes; if negative,
	// for ever.
	IdleTimeout time.Duration

	// FirstTokenTimeout is how long the reply may take to begin. If zero, 10 minutes; if negative,
	// for ever.
	FirstTokenTimeout time.Duration

	// DisableStreaming fetches each reply in one piece. It then comes in a few large chunks.
	DisableStreaming bool
}

// A Model is a model on a server of one's own. It is safe for concurrent use.
type Model struct{ client *openaiwire.Client }

var _ assistant.Model = (*Model)(nil)

// New returns a model. It sends nothing; whether there is a server shows with the first request.
func New(cfg Config) (*Model, error) {
	client, err := newClient(cfg, compatiblePath)
	if err != nil {
		return nil, err
	}
	return &Model{client}, nil
}

const (
	compatiblePath = "/v1"
	nativePath     = "/api"
)

// loading is how long a model may take to load.
const loading = 10 * time.Minute

// newClient returns a client for the paths below path.
func newClient(cfg Config, path string) (*openaiwire.Client, error) {
	return newClientWith(cfg, path, profile(), nil)
}

func newClientWith(cfg Config, path string, p *openaiwire.Profile, t *openaiwire.Translation) (*openaiwire.Client, error) {
	root, err := rootURL(cfg.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("ollama: %w", err)
	}
	client, err := openaiwire.New(openaiwire.Config{
		Profile:           p,
		Translation:       t,
		BaseURL:           root + path,
		Key:               cmp.Or(cfg.Key, assistant.Secret(os.Getenv(KeyVar))),
		Model:             cfg.Model,
		HTTPClient:        cfg.HTTPClient,
		Header:            cfg.Header,
		IdleTimeout:       cmp.Or(cfg.IdleTimeout, loading),
		FirstTokenTimeout: cfg.FirstTokenTimeout,
		DisableStreaming:  cfg.DisableStreaming,
	})
	if err != nil {
		return nil, fmt.Errorf("ollama: %w", err)
	}
	return client, nil
}

// rootURL returns the address of the server without a path of its interfaces.
func rootURL(base string) (string, error) {
	if base == "" {
		host, err := hostURL(os.Getenv(HostVar))
		if err != nil {
			return "", fmt.Errorf("%s: %w", HostVar, err)
		}
		base = host
	}
	base = strings.TrimRight(base, "/")
	for _, path := range []string{compatiblePath, nativePath} {
		base = strings.TrimRight(strings.TrimSuffix(base, path), "/")
	}
	return base, nil
}

const defaultPort = "11434"

// hostURL reads OLLAMA_HOST as the server itself does: the scheme and the port may be missing, and an
// address to listen on everywhere means this machine.
func hostURL(host string) (string, error) {
	host = strings.Trim(strings.TrimSpace(host), `"'`)
	if host == "" {
		return DefaultBaseURL, nil
	}
	if !strings.Contains(host, "://") {
		host = "http://" + host
	}
	u, err := url.Parse(host)
	if err != nil { // the error would quote the address, which may hold a password
		return "", errors.New("it is no address")
	}
	name, port := u.Hostname(), u.Port()
	if port == "" {
		port = map[string]string{"https": "443"}[u.Scheme]
	}
	if name == "" || name == "0.0.0.0" || name == "::" {
		name = "127.0.0.1"
	}
	u.Host = net.JoinHostPort(name, cmp.Or(port, defaultPort))
	return u.String(), nil
}

// Stream implements assistant.Model.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		for k, err := range m.client.Stream(ctx, req) {
			if err != nil {
				name := m.client.Model()
				if req != nil {
					name = cmp.Or(req.Model, name)
				}
				err = explain(err, name)
			}
			if !yield(k, err) {
				return
			}
		}
	}
}

// explain adds what can be done about the two faults that everybody meets.
func explain(err error, model string) error {
	var e *assistant.Error
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Kind == assistant.ErrNotFound && strings.Contains(e.Message, "not found") && model != "":
		e.Message += "; run: ollama pull " + model
	case e.Kind == assistant.ErrNetwork:
		e.Message = "no server answers; is it running? start it with: ollama serve"
	}
	return err
}

// String returns the adapter and the model, such as "ollama/qwen3:8b".
func (m *Model) String() string { return Vendor + "/" + m.client.Model() }
