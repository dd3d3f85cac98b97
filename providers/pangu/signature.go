package pangu

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A signer signs requests to Huawei Cloud with a pair of keys (AK/SK), in the scheme SDK-HMAC-SHA256.
// It holds functions, so that printing it does not show the keys.
type signer struct {
	access string
	secret func() string
	token  func() string // of temporary keys; it may return nothing
	now    func() time.Time
}

const (
	signScheme = "SDK-HMAC-SHA256"
	signTime   = "20060102T150405Z"
)

// sign adds the headers that prove who sends the request. Signed are the host, the date, and the
// project and the security token if there are any.
func (s *signer) sign(method string, u *url.URL, h http.Header, body []byte) {
	date := s.now().UTC().Format(signTime)
	h.Set("X-Sdk-Date", date)
	if token := s.token(); token != "" {
		h.Set("X-Security-Token", token)
	}
	names := []string{"host", "x-sdk-date"}
	for _, name := range []string{"x-project-id", "x-security-token"} {
		if h.Get(name) != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	signed := strings.Join(names, ";")
	request := strings.Join([]string{method, canonicalPath(u), canonicalQuery(u), canonicalHeaders(u, h, names), signed, hash(body)}, "\n")
	mac := hmac.New(sha256.New, []byte(s.secret()))
	mac.Write([]byte(signScheme + "\n" + date + "\n" + hash([]byte(request))))
	h.Set("Authorization", signScheme+" Access="+s.access+", SignedHeaders="+signed+", Signature="+hex.EncodeToString(mac.Sum(nil)))
}

// canonicalPath is the path with each segment escaped, and with a slash at the end.
func canonicalPath(u *url.URL) string {
	segments := strings.Split(strings.TrimSuffix(u.Path, "/"), "/")
	for i, s := range segments {
		segments[i] = percent(s)
	}
	return strings.Join(segments, "/") + "/"
}

func canonicalQuery(u *url.URL) string {
	var pairs []string
	for name, values := range u.Query() {
		for _, v := range values {
			pairs = append(pairs, percent(name)+"="+percent(v))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

func canonicalHeaders(u *url.URL, h http.Header, names []string) string {
	var b strings.Builder
	for _, name := range names {
		value := h.Get(name)
		if name == "host" {
			value = u.Host
		}
		b.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	return b.String()
}

// percent escapes everything that RFC 3986 reserves.
func percent(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
