package providertest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Baidu's text censor is asked with a token in the address, which is got for a pair of keys.
const (
	censorToken = "/oauth/2.0/token"
	censorText  = "/rest/2.0/solution/v1/text_censor/v2/user_defined"
)

// maxCensored is the most bytes of one text.
const maxCensored = 20000

func isCensor(_ *Server, r *Request) bool { return r.Path == censorText }

func isCensorToken(_ *Server, r *Request) bool { return r.Path == censorToken }

func failCensor(_ *Vendor, f Fault) Response {
	return JSON(200, fmt.Sprintf(`{"log_id":16000000000001,"error_code":%s,"error_msg":%s}`, f.Code, quote(f.Message)))
}

// token returns the token that the server gives for its pair of keys. It changes when the server is
// told that the token has expired: see [Server.ExpireToken].
func (s *Server) token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%d", s.AccessKey, s.SecretKey, s.expired))
	return "24." + hex.EncodeToString(sum[:16])
}

// ExpireToken makes the tokens that the server has given invalid, as the vendor does after a month.
func (s *Server) ExpireToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expired++
}

func admitCensorToken(*Server, *Request) error { return nil } // the pair is checked below, with an answer of its own

// giveCensorToken answers a wrong pair in the words of OAuth.
func giveCensorToken(s *Server, r *Request) (Script, error) {
	q, err := url.ParseQuery(r.Query)
	if err == nil && r.Method == http.MethodPost && len(r.Body) > 0 {
		q, err = url.ParseQuery(string(r.Body))
	}
	switch {
	case err != nil || q.Get("grant_type") != "client_credentials":
		return JSON(400, `{"error":"unsupported_grant_type","error_description":"The authorization grant type is not supported"}`), nil
	case q.Get("client_id") != s.AccessKey:
		return JSON(401, `{"error":"invalid_client","error_description":"unknown client id"}`), nil
	case q.Get("client_secret") != s.SecretKey:
		return JSON(401, `{"error":"invalid_client","error_description":"Client authentication failed"}`), nil
	}
	return JSON(200, fmt.Sprintf(`{"refresh_token":"25.x","expires_in":2592000,"session_key":"","access_token":%s,"scope":"public","session_secret":""}`, quote(s.token()))), nil
}

func admitCensor(s *Server, r *Request) error {
	q, _ := url.ParseQuery(r.Query)
	if q.Get("access_token") != s.token() {
		f := fault(200, "110", "Access token invalid or no longer valid", assistant.ErrAuth)
		return &f
	}
	return nil
}

func checkCensor(_ *Server, r *Request) (Script, error) {
	refuse := func(code, message string) (Script, error) {
		f := fault(200, code, message, assistant.ErrInvalid)
		return nil, &f
	}
	form, err := url.ParseQuery(string(r.Body))
	text := form.Get("text")
	switch {
	case r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || err != nil:
		return refuse("282000", "internal error")
	case text == "" || !utf8.ValidString(text):
		return refuse("282004", "invalid parameter(s)")
	case len(text) > maxCensored:
		return refuse("282131", "text length exceeded limit")
	}
	kind := judge(text, "1", "3", "2")
	data := ""
	if kind != "1" {
		data = fmt.Sprintf(`,"data":[{"type":12,"subType":%s,"conclusion":%s,"conclusionType":%s,"msg":%s,"hits":[{"datasetName":"百度默认文本反作弊库","words":%s}]}]`,
			judge(text, "0", "6", "2"), quote(judge(text, "合规", "疑似", "不合规")), kind, quote(judge(text, "", "疑似存在恶意推广不合规", "存在文本色情不合规")), segments(text))
	}
	return JSON(200, fmt.Sprintf(`{"log_id":16000000000001,"conclusion":%s,"conclusionType":%s%s}`, quote(judge(text, "合规", "疑似", "不合规")), kind, data)), nil
}
