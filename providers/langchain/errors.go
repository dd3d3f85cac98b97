package langchain

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// mark completes an error with what the stream knows.
func (s *stream) mark(e *assistant.Error) error {
	e.Delivered = s.delivered
	return e
}

// failed is the error for a call that ended with err.
func (s *stream) failed(err error) error {
	err = s.record.explain(s.parent, err)
	var e *assistant.Error
	if errors.As(err, &e) {
		e.Delivered = e.Delivered || s.delivered
	}
	return err
}

// explain is what an error of langchaingo's is in truth: the end of the caller's context, an error of a
// model of ours behind langchaingo, or what was seen of the exchange.
func (r *record) explain(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil {
		return fmt.Errorf("%s: %w", r.vendor, ended)
	}
	s := r.latest()
	var own *assistant.Error
	if !errors.As(err, &own) {
		own = cmp.Or(s.failure, s.refusal(r.vendor), s.hidden(r.vendor), s.network(r.vendor), errorOf(r.vendor, err))
	}
	e := *own
	return &e
}

// network is the error of an exchange that broke off, nil if it did not.
func (s *seen) network(vendor string) *assistant.Error {
	var late net.Error
	switch cause := cmp.Or(s.lost, s.bodyErr); {
	case cause == nil:
		return nil
	case errors.As(cause, &late) && late.Timeout():
		return &assistant.Error{Kind: assistant.ErrTimeout, Vendor: vendor, Err: causeOf(cause)}
	case s.lost != nil:
		return &assistant.Error{Kind: assistant.ErrNetwork, Vendor: vendor, Err: causeOf(cause)}
	default:
		return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: vendor, Err: causeOf(cause)}
	}
}

// refusal is the error that the vendor told with a status, nil if there is none.
func (s *seen) refusal(vendor string) *assistant.Error {
	if s.status < 300 {
		return nil
	}
	return told(vendor, s.key, s.status, s.header, s.kept)
}

// hidden is the error in an answer that the client takes for a good one, nil if there is none.
func (s *seen) hidden(vendor string) *assistant.Error {
	switch {
	case s.failure != nil && s.status/100 == 2:
		e := *s.failure
		return &e
	case s.failed:
		return told(vendor, s.key, s.status, s.header, s.kept)
	case s.mixed != nil:
		return &assistant.Error{Kind: assistant.ErrProtocol, Vendor: vendor, Err: s.mixed}
	case s.broken:
		return &assistant.Error{Kind: assistant.ErrProtocol, Vendor: vendor, Err: errors.New("langchaingo has skipped an event of the stream that it cannot read")}
	}
	return nil
}

// hidden is that of the latest exchange.
func (r *record) hidden() *assistant.Error {
	s := r.latest()
	return s.hidden(r.vendor)
}

// newEngine returns the engine of all adapters, in front of a transport.
func newEngine(vendor, key string, t http.RoundTripper, adapt func(*openaiwire.Config)) (*openaiwire.Client, error) {
	cfg := openaiwire.Config{
		Profile: &openaiwire.Profile{Vendor: vendor},
		BaseURL: "http://replay.invalid",
		Key:     assistant.Secret(key),
		HTTPClient: &http.Client{
			Transport:     t,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	adapt(&cfg)
	engine, err := openaiwire.New(cfg)
	if err != nil { // what stood in the key's place is none
		cfg.Key = ""
		engine, err = openaiwire.New(cfg)
	}
	return engine, err
}

// told reads a failure as every other adapter does: the engine gets the response once more.
func told(vendor, key string, status int, header http.Header, body []byte) *assistant.Error {
	engine, err := newEngine(vendor, key, replay{status, header, body}, func(*openaiwire.Config) {})
	if err == nil {
		_, err = engine.Do(context.Background(), openaiwire.Exchange{URL: engine.Endpoint("/"), Get: true, Keyless: true})
	}
	var e *assistant.Error
	if !errors.As(err, &e) { // an error in a shape that nobody knows
		e = &assistant.Error{Kind: assistant.ErrServer, Vendor: vendor, Status: status}
	}
	return e
}

// replay is a transport that gives a response that has come before.
type replay struct {
	status int
	header http.Header
	body   []byte
}

// RoundTrip implements http.RoundTripper.
func (r replay) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: r.status, Header: r.header, Request: req, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		ContentLength: int64(len(r.body)), Body: io.NopCloser(bytes.NewReader(r.body)),
	}, nil
}

// statusText finds the HTTP status in the words of langchaingo's clients.
var statusText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)(?:status ?code:?|googleapi: error) (\d{3})\b[:,]? ?(.*)`)
})

// errorOf reads an error of langchaingo's of which nothing else is known.
func errorOf(vendor string, err error) *assistant.Error {
	if m := statusText().FindStringSubmatch(err.Error()); m != nil {
		status, _ := strconv.Atoi(m[1]) // three digits
		body, _ := json.Marshal(map[string]any{"error": map[string]string{"message": clean(m[2])}})
		if status >= 300 {
			return told(vendor, "", status, http.Header{}, body)
		}
	}
	return &assistant.Error{Kind: kindOf(vendor, err), Vendor: vendor, Err: causeOf(err)}
}

func kindOf(vendor string, err error) assistant.ErrorKind {
	var (
		syntax *json.SyntaxError
		typ    *json.UnmarshalTypeError
		named  *llms.Error
		late   net.Error
	)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return assistant.ErrTruncated
	case errors.As(err, &syntax), errors.As(err, &typ), errors.Is(err, bufio.ErrTooLong), errors.Is(err, errPanicked):
		return assistant.ErrProtocol
	case errors.As(err, &late) && late.Timeout():
		return assistant.ErrTimeout
	case late != nil, strings.Contains(err.Error(), "network error"):
		return assistant.ErrNetwork
	case strings.Contains(err.Error(), "network operation exceeded timeout"):
		return assistant.ErrTimeout
	case slices.ContainsFunc(noAnswer, func(end string) bool { return strings.HasSuffix(err.Error(), end) }):
		return assistant.ErrProtocol
	}
	if !errors.As(llms.NewErrorMapper(vendor).Map(err), &named) {
		return assistant.ErrServer
	}
	for _, c := range codes {
		if c.code == named.Code {
			return c.kind
		}
	}
	return assistant.ErrServer
}

// noAnswer are the ends of errors about answers that do not hold what they must.
var noAnswer = []string{"empty response", "no response", "unexpected length of response"}

// codes pairs langchaingo's error codes with our kinds; the first match counts in both directions.
var codes = []struct {
	kind assistant.ErrorKind
	code llms.ErrorCode
}{
	{assistant.ErrAuth, llms.ErrCodeAuthentication},
	{assistant.ErrPermission, llms.ErrCodeAuthentication},
	{assistant.ErrQuota, llms.ErrCodeQuotaExceeded},
	{assistant.ErrRateLimited, llms.ErrCodeRateLimit},
	{assistant.ErrOverloaded, llms.ErrCodeProviderUnavailable},
	{assistant.ErrServer, llms.ErrCodeProviderUnavailable},
	{assistant.ErrNetwork, llms.ErrCodeProviderUnavailable},
	{assistant.ErrTimeout, llms.ErrCodeTimeout},
	{assistant.ErrContextLength, llms.ErrCodeTokenLimit},
	{assistant.ErrBlocked, llms.ErrCodeContentFilter},
	{assistant.ErrInvalid, llms.ErrCodeInvalidRequest},
	{assistant.ErrInvalid, llms.ErrCodeNotImplemented},
	{assistant.ErrNotFound, llms.ErrCodeResourceNotFound},
}

// causeOf makes a cause fit to be shown. The end of a context that is not the caller's is told in words
// only, because it would pass for the end of his.
func causeOf(err error) error {
	q := quoted{err}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return errors.New(q.Error())
	}
	return q
}

// quoted is a cause whose text is fit to be shown. What it wraps can still be asked for.
type quoted struct{ err error }

func (q quoted) Error() string {
	var u *url.Error
	if errors.As(q.err, &u) { // its text has the address, in which some vendors want the key
		return clean(u.Err.Error())
	}
	return clean(q.err.Error())
}

// Unwrap returns langchaingo's error.
func (q quoted) Unwrap() error { return q.err }

// keyText finds what looks like a key.
var keyText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(?:sk|ak|key)-[\w-]{6,}`) })

const maxWords = 600 // of langchaingo's, in bytes

// clean makes langchaingo's words fit for an error.
func clean(words string) string {
	words = keyText().ReplaceAllString(strings.ToValidUTF8(words, "\uFFFD"), "[secret]")
	if len(words) <= maxWords {
		return words
	}
	cut := maxWords
	for !utf8.RuneStart(words[cut]) {
		cut--
	}
	return words[:cut] + "…"
}
