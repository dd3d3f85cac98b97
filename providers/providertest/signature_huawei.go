package providertest

import (
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

func isHuawei(_ *Server, r *Request) bool {
	return strings.HasPrefix(r.Path, "/v3/") && strings.HasSuffix(r.Path, "/moderation/text")
}

func failHuawei(_ *Vendor, f Fault) Response { return JSON(f.Status, huaweiV1Envelope(f)) }

// admitHuawei takes a token in place of a signature, as the vendor does. The server's Key is the token.
func admitHuawei(s *Server, r *Request) error {
	if token := r.Header.Get("X-Auth-Token"); token != "" {
		if token != s.Key {
			return huaweiAuth("decrypt token fail")
		}
		return nil
	}
	if f := s.pair().verifySDK(r, s.cfg.Now()); f != nil {
		return f
	}
	return nil
}

func huaweiAuth(reason string) *Fault {
	f := fault(401, "APIG.0301", "Incorrect IAM authentication information: "+reason, assistant.ErrAuth)
	return &f
}

// huaweiSkew is how far a date may be off.
const huaweiSkew = 15 * time.Minute

// verifySDK checks an SDK-HMAC-SHA256 signature.
func (k keyPair) verifySDK(r *Request, now time.Time) *Fault {
	const scheme, dateForm = "SDK-HMAC-SHA256", "20060102T150405Z"
	stamp := r.Header.Get("X-Sdk-Date")
	at, err := time.Parse(dateForm, stamp)
	if err != nil {
		return huaweiAuth("x-sdk-date is missing or of another form than YYYYMMDDTHHMMSSZ")
	}
	auth := authorization(r, scheme)
	names := strings.Split(auth["SignedHeaders"], ";")
	wanted := []string{"host", "x-sdk-date"}
	for _, name := range []string{"x-project-id", "x-security-token"} {
		if r.Header.Get(name) != "" {
			wanted = append(wanted, name)
		}
	}
	switch {
	case auth["Access"] == "" || auth["Signature"] == "":
		return huaweiAuth("the Authorization header is not that of SDK-HMAC-SHA256")
	case !has(names, wanted...):
		return huaweiAuth("sign the headers " + strings.Join(wanted, ";"))
	case !near(at, now, huaweiSkew):
		return huaweiAuth("the signature has expired")
	case auth["Access"] != k.access:
		return huaweiAuth("the access key does not exist")
	}
	headers, ok := canonicalHeaders(r, names, func(v string) string { return v })
	path := make([]string, 0, 8)
	for segment := range strings.SplitSeq(r.Path, "/") {
		path = append(path, percent(segment))
	}
	request := strings.Join([]string{
		r.Method, strings.TrimSuffix(strings.Join(path, "/"), "/") + "/", canonicalQuery(r.Query), headers, auth["SignedHeaders"], hash(r.Body),
	}, "\n")
	if !ok || !sameSignature(auth["Signature"], mac([]byte(k.secret), strings.Join([]string{scheme, stamp, hash([]byte(request))}, "\n"))) {
		return huaweiAuth("verify aksk signature fail")
	}
	return nil
}
