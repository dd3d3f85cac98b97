package providertest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

const tencentAction = "X-TC-Action"

// tencentActions are the actions that the server knows, with the service that a signature for them
// names and their version.
var tencentActions = map[string]struct{ service, version string }{
	"ChatCompletions":      {"hunyuan", "2023-09-01"},
	"GetEmbedding":         {"hunyuan", "2023-09-01"},
	"SubmitTextToImageJob": {"aiart", "2022-12-29"},
	"QueryTextToImageJob":  {"aiart", "2022-12-29"},
	"TextModeration":       {"tms", "2020-12-29"},
}

func isTencent(_ *Server, r *Request) bool { return r.Path == "/" && r.Header.Get(tencentAction) != "" }

func isTencentChat(s *Server, r *Request) bool { return isAction(s, r, "ChatCompletions") }

func isTencentEmbedding(s *Server, r *Request) bool { return isAction(s, r, "GetEmbedding") }

func isTencentOrder(s *Server, r *Request) bool { return isAction(s, r, "SubmitTextToImageJob") }

func isTencentQuestion(s *Server, r *Request) bool { return isAction(s, r, "QueryTextToImageJob") }

func isAction(s *Server, r *Request, action string) bool {
	return isTencent(s, r) && r.Header.Get(tencentAction) == action
}

// failTencent has status 200, whatever went wrong.
func failTencent(_ *Vendor, f Fault) Response {
	return JSON(200, fmt.Sprintf(`{"Response":{"Error":{"Code":%s,"Message":%s},"RequestId":%s}}`, quote(f.Code), quote(f.Message), quote(f.id())))
}

func tencentFault(code, message string) *Fault {
	kind := assistant.ErrInvalid
	if strings.HasPrefix(code, "AuthFailure.") {
		kind = assistant.ErrAuth
	}
	f := fault(200, code, message, kind)
	return &f
}

func admitTencent(s *Server, r *Request) error {
	action, ok := tencentActions[r.Header.Get(tencentAction)]
	switch {
	case !ok:
		return tencentFault("InvalidAction", "The request action="+r.Header.Get(tencentAction)+" is invalid or not match with service.")
	case r.Header.Get("X-TC-Version") == "":
		return tencentFault("MissingParameter", "The request is missing a required parameter `Version`.")
	case r.Header.Get("X-TC-Version") != action.version:
		return tencentFault("NoSuchVersion", "The specified version `"+r.Header.Get("X-TC-Version")+"` does not exist.")
	}
	if f := s.pair().verifyTC3(r, action.service, s.cfg.Now()); f != nil {
		return f
	}
	return nil
}

// tencentSkew is how far a timestamp may be off.
const tencentSkew = 5 * time.Minute

// verifyTC3 checks a TC3-HMAC-SHA256 signature.
func (k keyPair) verifyTC3(r *Request, service string, now time.Time) *Fault {
	const scheme = "TC3-HMAC-SHA256"
	stamp := r.Header.Get("X-TC-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return tencentFault("MissingParameter", "The request is missing a required parameter `Timestamp`.")
	}
	auth := authorization(r, scheme)
	credential := strings.Split(auth["Credential"], "/")
	names := strings.Split(auth["SignedHeaders"], ";")
	if len(credential) != 4 || credential[3] != "tc3_request" || !has(names, "content-type", "host") {
		return tencentFault("AuthFailure.InvalidAuthorization", "The request authorization header is invalid.")
	}
	at := time.Unix(seconds, 0).UTC()
	switch {
	case !near(at, now, tencentSkew):
		return tencentFault("AuthFailure.SignatureExpire", "The provided credentials are expired: the timestamp is more than five minutes off.")
	case credential[0] != k.access:
		return tencentFault("AuthFailure.SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct.")
	}
	failed := tencentFault("AuthFailure.SignatureFailure", "The provided credentials could not be validated. Please check your signature is correct.")
	headers, ok := canonicalHeaders(r, names, strings.ToLower)
	if !ok || credential[1] != at.Format(time.DateOnly) || credential[2] != service {
		return failed
	}
	request := strings.Join([]string{r.Method, "/", r.Query, headers, auth["SignedHeaders"], hash(r.Body)}, "\n")
	scope := strings.Join(credential[1:], "/")
	key := []byte("TC3" + k.secret)
	for _, part := range credential[1:] {
		key = mac(key, part)
	}
	if !sameSignature(auth["Signature"], mac(key, strings.Join([]string{scheme, stamp, scope, hash([]byte(request))}, "\n"))) {
		return failed
	}
	return nil
}
