package providertest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

const (
	alibabaAction  = "X-Acs-Action"
	alibabaVersion = "2022-03-02"
)

func isAlibaba(_ *Server, r *Request) bool { return r.Path == "/" && r.Header.Get(alibabaAction) != "" }

func failAlibaba(_ *Vendor, f Fault) Response {
	return JSON(f.Status, fmt.Sprintf(`{"RequestId":%s,"HostId":"green-cip.cn-shanghai.aliyuncs.com","Code":%s,"Message":%s}`, quote(f.id()), quote(f.Code), quote(f.Message)))
}

func admitAlibaba(s *Server, r *Request) error {
	if r.Header.Get(alibabaAction) != "TextModerationPlus" || r.Header.Get("X-Acs-Version") != alibabaVersion {
		f := fault(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.", assistant.ErrNotFound)
		return &f
	}
	if f := s.pair().verifyACS3(r, s.cfg.Now()); f != nil {
		return f
	}
	if !s.once(r.Header.Get("X-Acs-Signature-Nonce")) {
		return alibabaFault("SignatureNonceUsed", "Specified signature nonce was used already.")
	}
	return nil
}

// once reports whether a nonce is new.
func (s *Server) once(nonce string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nonces[nonce] {
		return false
	}
	s.nonces[nonce] = true
	return true
}

func alibabaFault(code, message string) *Fault {
	f := fault(400, code, message, assistant.ErrAuth)
	return &f
}

// alibabaSkew is how far a date may be off.
const alibabaSkew = 15 * time.Minute

// verifyACS3 checks an ACS3-HMAC-SHA256 signature.
func (k keyPair) verifyACS3(r *Request, now time.Time) *Fault {
	const scheme = "ACS3-HMAC-SHA256"
	auth := authorization(r, scheme)
	names := strings.Split(auth["SignedHeaders"], ";")
	wanted := []string{"host"}
	for name := range r.Header {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-acs-") || name == "content-type" {
			wanted = append(wanted, name)
		}
	}
	if auth["Credential"] == "" || auth["Signature"] == "" || !has(names, wanted...) ||
		!has(wanted, "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256") {
		slices.Sort(wanted)
		return alibabaFault("IncompleteSignature", "The request signature does not conform to Aliyun standards. Sign "+strings.Join(wanted, ";"))
	}
	at, err := time.Parse(time.RFC3339, r.Header.Get("X-Acs-Date"))
	if err != nil || !strings.HasSuffix(r.Header.Get("X-Acs-Date"), "Z") {
		return alibabaFault("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.")
	}
	if !near(at, now, alibabaSkew) {
		return alibabaFault("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
	}
	if auth["Credential"] != k.access {
		f := fault(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.", assistant.ErrAuth)
		return &f
	}
	headers, ok := canonicalHeaders(r, names, func(v string) string { return v })
	body := hash(r.Body)
	request := strings.Join([]string{r.Method, r.Path, canonicalQuery(r.Query), headers, auth["SignedHeaders"], body}, "\n")
	right := mac([]byte(k.secret), scheme+"\n"+hash([]byte(request)))
	if !ok || r.Header.Get("X-Acs-Content-Sha256") != body || !sameSignature(auth["Signature"], right) {
		return alibabaFault("SignatureDoesNotMatch", "Specified signature is not matched with our calculation.")
	}
	return nil
}
