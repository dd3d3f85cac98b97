package providertest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// Config says what a [Server] is. The zero Config is a server that speaks as OpenAI does.
type Config struct {
	// Vendor is whose wire protocol is spoken and whose rules are enforced. If nil, [OpenAI].
	Vendor *Vendor

	// Key is the only key that is let in. If empty, [DefaultKey].
	Key string

	// AccessKey and SecretKey are the only pair whose signatures are let in. If empty,
	// [DefaultAccessKey] and [DefaultSecretKey].
	AccessKey, SecretKey string

	// Model is the only chat model that is served; others get the vendor's "no such model". If empty,
	// every name is served.
	Model string

	// Strict refuses fields that the vendor does not document, which most vendors silently ignore.
	Strict bool

	// Now is the clock that signed requests are held against. If nil, [time.Now].
	Now func() time.Time
}

// The keys of a [Server] whose Config has none. They are no real keys of anybody.
const (
	DefaultKey       = "sk-providertest-0123456789abcdef"
	DefaultAccessKey = "AKprovidertest0123"
	DefaultSecretKey = "SKprovidertest0123456789abcdef"
)

// A Server is a fake vendor on a loopback TCP port. It checks each request as strictly as the vendor
// documents it, and then plays the next scripted response, or a short fixed answer if the script has
// run out. It is safe for concurrent use.
type Server struct {
	// URL is the base URL to give to an adapter, which appends paths such as /chat/completions.
	URL string

	// Origin is the URL without a path, for the vendor's endpoints beside the compatible ones.
	Origin string

	// Key is the key that is let in, AccessKey and SecretKey the pair to sign with where the vendor
	// wants signatures.
	Key, AccessKey, SecretKey string

	cfg    Config
	vendor *Vendor
	http   *http.Server
	tasks  *tasks
	gone   chan struct{} // closed by Close
	left   chan struct{} // one value for each response that the client did not wait for
	silent chan struct{} // one value for each response that has fallen silent for good

	mu       sync.Mutex
	scripts  map[Service][]Script
	nonces   map[string]bool // of signed requests; none is taken twice
	expired  int             // how often the tokens have expired
	requests []*Request
	refusals []string
	conns    int // opened so far
	open     int // and still open
}

// NewServer starts a server that is closed when the test ends.
func NewServer(t testing.TB, cfg Config) *Server {
	t.Helper()
	s, err := Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Start starts a server without a test around it; the caller must Close it.
func Start(cfg Config) (*Server, error) {
	if cfg.Vendor == nil {
		cfg.Vendor = OpenAI()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Key = cmp.Or(cfg.Key, DefaultKey)
	cfg.AccessKey = cmp.Or(cfg.AccessKey, DefaultAccessKey)
	cfg.SecretKey = cmp.Or(cfg.SecretKey, DefaultSecretKey)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("providertest: %w", err)
	}
	s := &Server{
		Origin:    "http://" + l.Addr().String(),
		Key:       cfg.Key,
		AccessKey: cfg.AccessKey,
		SecretKey: cfg.SecretKey,
		cfg:       cfg,
		vendor:    cfg.Vendor,
		tasks:     newTasks(),
		gone:      make(chan struct{}),
		left:      make(chan struct{}, 1024),
		silent:    make(chan struct{}, 1024),
		scripts:   map[Service][]Script{},
		nonces:    map[string]bool{},
	}
	s.URL = s.Origin + cfg.Vendor.Base
	s.http = &http.Server{
		Handler:   http.HandlerFunc(s.serve),
		ErrorLog:  log.New(io.Discard, "", 0), // broken connections are the purpose
		ConnState: s.connState,
	}
	go s.http.Serve(l) // ends with Close
	return s, nil
}

// Close ends all responses that are under way and stops the server.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.gone:
	default:
		close(s.gone)
	}
	s.mu.Unlock()
	s.http.Close()
}

// Script appends to what the next chat requests are answered with.
func (s *Server) Script(next ...Script) { s.ScriptFor(ChatService, next...) }

// ScriptFor appends to what the next requests for a service are answered with, after they have passed
// all checks. A nil Script stands for the right answer.
func (s *Server) ScriptFor(service Service, next ...Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts[service] = append(s.scripts[service], next...)
}

// Requests returns the requests that have come so far, in order, refused ones included.
func (s *Server) Requests() []*Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Refusals returns why requests were refused, in the words that the client got.
func (s *Server) Refusals() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refusals)
}

// Connections returns how many TCP connections clients have opened so far.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// OpenConnections returns how many TCP connections of clients are open.
func (s *Server) OpenConnections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// AwaitAbort waits until a client has closed its connection before the end of a response, once for
// each such response.
func (s *Server) AwaitAbort(ctx context.Context) error {
	select {
	case <-s.left:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("no client has left early: %w", ctx.Err())
	}
}

// awaitSilence waits until a response has sent all that it will ever send.
func (s *Server) awaitSilence(ctx context.Context) {
	select {
	case <-s.silent:
	case <-ctx.Done():
	}
}

func (s *Server) connState(_ net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateNew:
		s.conns++
		s.open++
	case http.StateClosed, http.StateHijacked: // a response that takes its connection over closes it at once
		s.open--
	}
}

// maxBody bounds what the server reads of a request.
const maxBody = 64 << 20

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	req := &Request{
		Method: r.Method, Host: r.Host, Path: r.URL.Path, Query: r.URL.RawQuery,
		Header: r.Header.Clone(), Body: body, Client: r.RemoteAddr,
	}
	s.mu.Lock()
	s.requests = append(s.requests, req)
	s.mu.Unlock()
	s.respond(req).play(s, w, r)
}

// next takes the first entry off a service's script; nil if there is none.
func (s *Server) next(service Service) Script {
	s.mu.Lock()
	defer s.mu.Unlock()
	script := s.scripts[service]
	if len(script) == 0 {
		return nil
	}
	s.scripts[service] = script[1:]
	return script[0]
}

// pause waits, unless the client or the server goes away; then it returns false.
func (s *Server) pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	if d == Forever {
		signal(s.silent)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		signal(s.left)
		return false
	case <-s.gone:
		return false
	}
}

// signal adds a value unless nobody has taken any for long.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
