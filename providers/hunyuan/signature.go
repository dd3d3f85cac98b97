package hunyuan

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A signer signs requests to the vendor's cloud interface with TC3-HMAC-SHA256.
type signer struct {
	id      string
	secret  func() string // functions, so that printing a signer does not show them
	token   func() string // of a temporary pair of keys; may be empty
	service string
	now     func() time.Time
}

const algorithm = "TC3-HMAC-SHA256"

// sign adds the headers that prove who sends body. The header must have its Content-Type.
func (s *signer) sign(_ string, u *url.URL, h http.Header, body []byte) {
	at := s.now().UTC()
	stamp, scope := strconv.FormatInt(at.Unix(), 10), at.Format(time.DateOnly)+"/"+s.service+"/tc3_request"
	// The vendor's own program signs these two headers, so they are enough.
	const names = "content-type;host"
	canonical := strings.Join([]string{
		http.MethodPost, "/", "",
		"content-type:" + strings.ToLower(strings.TrimSpace(h.Get("Content-Type"))),
		"host:" + strings.ToLower(u.Host),
		"", names, digest(body),
	}, "\n")
	key := []byte("TC3" + s.secret())
	for part := range strings.SplitSeq(scope, "/") {
		key = mac(key, part)
	}
	signature := hex.EncodeToString(mac(key, strings.Join([]string{algorithm, stamp, scope, digest([]byte(canonical))}, "\n")))
	h.Set("X-TC-Timestamp", stamp)
	h.Set("Authorization", algorithm+" Credential="+s.id+"/"+scope+", SignedHeaders="+names+", Signature="+signature)
	if token := s.token(); token != "" {
		h.Set("X-TC-Token", token)
	}
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
