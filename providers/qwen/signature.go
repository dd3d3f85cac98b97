package qwen

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

// A signer signs requests to the vendor's cloud interface with ACS3-HMAC-SHA256.
type signer struct {
	id     string
	secret func() string // functions, so that printing a signer does not show them
	token  func() string // of a temporary pair of keys; may be empty
	now    func() time.Time
	nonce  func() string // another one for each request
}

const algorithm = "ACS3-HMAC-SHA256"

// sign adds the headers that prove who sends body, and signs all headers of the vendor's.
func (s *signer) sign(method string, u *url.URL, h http.Header, body []byte) {
	hash := digest(body)
	h.Set("X-Acs-Date", s.now().UTC().Format("2006-01-02T15:04:05Z"))
	h.Set("X-Acs-Signature-Nonce", s.nonce())
	h.Set("X-Acs-Content-Sha256", hash)
	if token := s.token(); token != "" {
		h.Set("X-Acs-Security-Token", token)
	}
	names := []string{"host"}
	for name := range h {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-acs-") || name == "content-type" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	signed := strings.Join(names, ";")
	var headers strings.Builder
	for _, name := range names {
		value := u.Host
		if name != "host" {
			value = strings.TrimSpace(h.Get(name))
		}
		headers.WriteString(name + ":" + value + "\n")
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	canonical := strings.Join([]string{method, path, canonicalQuery(u), headers.String(), signed, hash}, "\n")
	mac := hmac.New(sha256.New, []byte(s.secret()))
	mac.Write([]byte(algorithm + "\n" + digest([]byte(canonical))))
	h.Set("Authorization", algorithm+" Credential="+s.id+",SignedHeaders="+signed+",Signature="+hex.EncodeToString(mac.Sum(nil)))
}

// canonicalQuery returns the query sorted, with percent signs for all that RFC 3986 reserves.
func canonicalQuery(u *url.URL) string { return strings.ReplaceAll(u.Query().Encode(), "+", "%20") }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
