package openaiwire

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/sse"
)

const (
	defaultIdle    = 2 * time.Minute
	defaultFirst   = 10 * time.Minute // vendors queue that long
	defaultMaxBody = 64 << 20
)

// Config is what a [Client] is made from.
type Config struct {
	Profile *Profile
	BaseURL string           // "/chat/completions" is appended; a query is kept
	Key     assistant.Secret // may be empty, for servers without one
	Model   string           // used for requests that name none

	// KeyHeader, if not empty, is the header that the key stands in, bare, in place of Authorization.
	KeyHeader string
	// PrefixURL, if not empty, stands in place of BaseURL for requests that continue an answer.
	PrefixURL string
	// SameAs names, for a model that the profile does not know, the one whose rules it has.
	SameAs map[string]string

	HTTPClient *http.Client // if nil, a client shared by all adapters
	Header     http.Header  // added to every request

	// IdleTimeout is the longest silence; comments that keep the connection alive count as signs of
	// life. If zero, 2 minutes, or 10 minutes for replies that are not streamed; if negative, none.
	IdleTimeout time.Duration
	// FirstTokenTimeout is the longest wait for the first piece of the reply, whatever signs of life
	// there are. If zero, 10 minutes; if negative, none.
	FirstTokenTimeout time.Duration

	// DisableStreaming asks for the reply in one piece, where the model can do that.
	DisableStreaming bool
	// MaxEvent and MaxBody bound what is read, in bytes. If zero, 16 MiB and 64 MiB.
	MaxEvent, MaxBody int

	// Sign, if not nil, signs every request instead of sending Key, which is then only kept out of
	// errors. It adds its headers to h, which has those of the request but not Host.
	Sign func(method string, u *url.URL, h http.Header, body []byte)
	// Translation, if not nil, is how the chat protocol is written and read.
	Translation *Translation
}

// A Client talks to one endpoint. It is safe for concurrent use.
type Client struct {
	profile *Profile
	base    *url.URL
	chat    *url.URL
	prefix  *url.URL // of requests that continue an answer; nil if they have no address of their own
	model   string
	sameAs  map[string]string
	http    *http.Client
	header  http.Header
	key     func() string   // functions, so that printing a Client does not show it
	auth    func() []string // value of the header that proves who we are, nil without a key
	authIn  string          // name of that header
	sign    func(method string, u *url.URL, h http.Header, body []byte)
	foreign *Translation

	conns connections

	idle, first       time.Duration
	whole             bool
	maxEvent, maxBody int
}

// sharedClient serves all adapters that have no client of their own. It follows no redirect: the
// conversation would go to another host.
var sharedClient = sync.OnceValue(func() *http.Client {
	return &http.Client{
		Transport:     newSharedTransport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
})

// A sharedTransport is http.DefaultTransport with more idle connections to one host, because all
// requests of an adapter go to one host. If somebody replaces http.DefaultTransport, to watch or to
// forbid the network, the replacement is used.
type sharedTransport struct {
	original http.RoundTripper
	tuned    *http.Transport
}

func newSharedTransport() http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t = new(http.Transport)
	}
	tuned := t.Clone()
	tuned.MaxIdleConns, tuned.MaxIdleConnsPerHost = 0, 100
	return sharedTransport{original: t, tuned: tuned}
}

func (t sharedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if now := http.DefaultTransport; now != t.original {
		return now.RoundTrip(req)
	}
	return t.tuned.RoundTrip(req)
}

// New returns a Client. It does no I/O.
func New(cfg Config) (*Client, error) {
	base, err := parseBase(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	key := strings.TrimSpace(string(cfg.Key))
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return nil, errors.New("the key holds a space, a line break or a character that is not ASCII")
	}
	c := &Client{
		profile:  cfg.Profile,
		base:     base,
		model:    cfg.Model,
		http:     cfg.HTTPClient,
		header:   cfg.Header.Clone(),
		key:      func() string { return key },
		idle:     cfg.IdleTimeout,
		first:    cfg.FirstTokenTimeout,
		whole:    cfg.DisableStreaming,
		maxEvent: cfg.MaxEvent,
		maxBody:  cfg.MaxBody,
		sameAs:   maps.Clone(cfg.SameAs),
		authIn:   "Authorization",
		sign:     cfg.Sign,
		foreign:  cfg.Translation,
	}
	c.chat = c.Endpoint("/chat/completions")
	if c.foreign != nil {
		c.chat = c.Endpoint(c.foreign.Path)
	}
	var auth []string
	if key != "" && c.sign == nil {
		auth = []string{"Bearer " + key}
		if cfg.KeyHeader != "" {
			auth, c.authIn = []string{key}, http.CanonicalHeaderKey(cfg.KeyHeader)
		}
	}
	if cfg.PrefixURL != "" {
		u, err := parseBase(cfg.PrefixURL)
		if err != nil {
			return nil, err
		}
		c.prefix = under(u, "/chat/completions")
	}
	c.auth = func() []string { return auth }
	if c.http == nil {
		c.http = sharedClient()
	}
	if c.first == 0 {
		c.first = defaultFirst
	}
	if c.maxBody <= 0 {
		c.maxBody = defaultMaxBody
	}
	return c, nil
}

func parseBase(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil { // the error would quote the URL, which may hold a password
		return nil, errors.New("the base URL cannot be parsed")
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("the base URL %q is not an http or https address", u.Redacted())
	}
	return u, nil
}

// Model returns the name of the model that is used for requests that name none.
func (c *Client) Model() string { return c.model }

// Endpoint returns the URL of a path behind the base.
func (c *Client) Endpoint(path string) *url.URL { return under(c.base, path) }

func under(base *url.URL, path string) *url.URL {
	u := *base
	u.Path = strings.TrimRight(u.Path, "/") + path
	u.RawPath = ""
	return &u
}

// rules returns the rules for a model.
func (c *Client) rules(model string) *Rules {
	if same, ok := c.sameAs[model]; ok {
		return c.profile.rules(same)
	}
	return c.profile.rules(model)
}

// address returns where the request of e goes.
func (c *Client) address(e *encoder) *url.URL {
	switch {
	case e.prefixed && c.prefix != nil:
		return c.prefix
	case e.rules.Path != "":
		return c.Endpoint(e.rules.Path)
	}
	return c.chat
}

// Stream sends req and yields the reply, as assistant.Model promises.
func (c *Client) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		s := &stream{c: c, ctx: ctx, yield: yield}
		s.run(func() (*outgoing, error) { return c.encode(req) })
	}
}

// send sends the head of x with body. The response must be closed; errors are ready for the caller.
func (c *Client) send(w *watch, x *Exchange, body *payload, accept []string) (*http.Response, error) {
	// The values are shared by all requests; a transport that adds to them gets a copy.
	h := make(http.Header, len(c.header)+4)
	method := http.MethodPost
	if x.Get {
		method = http.MethodGet
	}
	if !x.Stranger {
		for name, values := range c.header {
			h[name] = slices.Clip(values)
		}
		if auth := c.auth(); auth != nil && !x.Keyless {
			h[c.authIn] = auth
		}
	}
	for name, values := range x.Header {
		h[name] = slices.Clip(values)
	}
	if !x.Get {
		h["Content-Type"] = jsonType
		if x.Form {
			h["Content-Type"] = formType
		}
	}
	h["Accept"] = accept
	if accept[0] == streamType[0] {
		h["Accept-Encoding"] = identity // compressing proxies hold events back
	}
	if c.sign != nil && !x.Stranger {
		c.sign(method, x.URL, h, body.buf)
	}
	req := &http.Request{Method: method, URL: x.URL, Host: x.URL.Host, Header: h}
	if !x.Get {
		req.Body, req.GetBody, req.ContentLength = body.open(), body.reopen, int64(len(body.buf))
	}
	w.reading()
	resp, err := c.http.Do(req.WithContext(w.ctx))
	w.pause()
	if err != nil {
		return nil, c.sendError(w, method, x.URL, err)
	}
	return resp, nil
}

var (
	streamType = []string{"text/event-stream"}
	jsonType   = []string{"application/json"}
	formType   = []string{"application/x-www-form-urlencoded"}
	identity   = []string{"identity"}
)

// sendError explains why there is no response.
func (c *Client) sendError(w *watch, method string, u *url.URL, err error) error {
	if err := c.interrupted(w); err != nil {
		return err
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err // its URL may hold a password or a key in the query
	}
	e := &assistant.Error{Kind: assistant.ErrNetwork, Vendor: c.profile.Vendor}
	e.Err = fmt.Errorf("%s %s://%s%s: %w", strings.ToLower(method), u.Scheme, u.Host, u.Path, plain(err))
	if isTimeout(err) {
		e.Kind = assistant.ErrTimeout
	}
	return e
}

// interrupted returns the error if the caller's context or a limit ended the exchange, else nil.
func (c *Client) interrupted(w *watch) error {
	if err := w.parent.Err(); err != nil {
		return fmt.Errorf("%s: %w", c.profile.Vendor, err)
	}
	if err := w.expired(); err != nil {
		return &assistant.Error{Kind: assistant.ErrTimeout, Vendor: c.profile.Vendor, Err: err}
	}
	return nil
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

// plain keeps the text of a time-out but not its identity: it would pass for the end of the caller's
// own context.
func plain(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return errors.New(err.Error())
	}
	return err
}

// broken explains an error that reading a response body returned.
func (c *Client) broken(w *watch, err error) error {
	if err := c.interrupted(w); err != nil {
		return err
	}
	e := &assistant.Error{Kind: assistant.ErrTruncated, Vendor: c.profile.Vendor, Err: plain(err)}
	var large *sse.TooLargeError
	switch {
	case errors.As(err, &large):
		e.Kind = assistant.ErrProtocol
	case isTimeout(err):
		e.Kind = assistant.ErrTimeout
	}
	return e
}
