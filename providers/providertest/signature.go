package providertest

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A keyPair is what a caller signs with: the access key names it, the secret key proves it.
type keyPair struct{ access, secret string }

func (s *Server) pair() keyPair { return keyPair{s.AccessKey, s.SecretKey} }

// authorization takes a header such as "TC3-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…"
// apart; nil if it has another form.
func authorization(r *Request, scheme string) map[string]string {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), scheme+" ")
	if !ok {
		return nil
	}
	fields := map[string]string{}
	for field := range strings.SplitSeq(rest, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(field), "=")
		if !ok || value == "" {
			return nil
		}
		fields[name] = value
	}
	return fields
}

// canonicalHeaders returns the signed headers, one line each, with the values as value makes them. It
// reports false if the names are not lower case and sorted or if one of the headers is missing.
func canonicalHeaders(r *Request, names []string, value func(string) string) (string, bool) {
	if !slices.IsSorted(names) {
		return "", false
	}
	var b strings.Builder
	for _, name := range names {
		v := r.Host
		if name != "host" {
			values := r.Header.Values(name)
			if len(values) != 1 {
				return "", false
			}
			v = values[0]
		}
		if name != strings.ToLower(name) {
			return "", false
		}
		b.WriteString(name + ":" + value(strings.TrimSpace(v)) + "\n")
	}
	return b.String(), true
}

// canonicalQuery sorts a query and writes it with percent signs for everything that RFC 3986 reserves.
func canonicalQuery(raw string) string {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return raw
	}
	type pair struct{ name, value string }
	var pairs []pair
	for name, list := range values {
		for _, v := range list {
			pairs = append(pairs, pair{percent(name), percent(v)})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.value, b.value))
	})
	out := make([]string, len(pairs))
	for i, p := range pairs {
		out[i] = p.name + "=" + p.value
	}
	return strings.Join(out, "&")
}

func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// sameSignature compares a signature in lower-case hex.
func sameSignature(got string, want []byte) bool {
	return hmac.Equal([]byte(got), []byte(hex.EncodeToString(want)))
}

// near reports whether two clocks show about the same time.
func near(a, b time.Time, skew time.Duration) bool { return a.Sub(b).Abs() <= skew }

func has(names []string, wanted ...string) bool {
	for _, name := range wanted {
		if !slices.Contains(names, name) {
			return false
		}
	}
	return true
}
