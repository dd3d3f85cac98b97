package providertest

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPublishedSignatures holds the verifiers against examples that the vendors publish, or that their
// own programs have made, and against the same examples with one thing changed.
func TestPublishedSignatures(t *testing.T) {
	t.Parallel()
	const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for _, tt := range []struct {
		name   string
		pair   keyPair
		at     string
		verify func(k keyPair, r *Request, now time.Time) *Fault
		r      Request
	}{
		{
			"Tencent, the documentation's first example", keyPair{"AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"}, "2019-02-25T16:44:25Z",
			func(k keyPair, r *Request, now time.Time) *Fault { return k.verifyTC3(r, "cvm", now) },
			Request{Method: "POST", Host: "cvm.tencentcloudapi.com", Path: "/",
				Body: []byte(`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`),
				Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}, "X-Tc-Timestamp": {"1551113065"},
					"Authorization": {"TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"}}},
		},
		{
			"Tencent, computed from the rules", keyPair{"AKIDEXAMPLE", "SECRETEXAMPLE"}, "2026-11-21T22:26:40Z",
			func(k keyPair, r *Request, now time.Time) *Fault { return k.verifyTC3(r, "tms", now) },
			Request{Method: "POST", Host: "tms.tencentcloudapi.com", Path: "/", Body: []byte(`{"Content":"5L2g5aW9"}`),
				Header: http.Header{"Content-Type": {"application/json"}, "X-Tc-Timestamp": {"1795300000"},
					"Authorization": {"TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2026-11-21/tms/tc3_request, SignedHeaders=content-type;host, Signature=762fcc90ad943ad1c555a1ff8517585abecab46767891da2d726b39155a56294"}}},
		},
		{
			"Alibaba, the documentation's example", keyPair{"YourAccessKeyId", "YourAccessKeySecret"}, "2023-10-26T10:22:32Z",
			func(k keyPair, r *Request, now time.Time) *Fault { return k.verifyACS3(r, now) },
			Request{Method: "POST", Host: "ecs.cn-shanghai.aliyuncs.com", Path: "/",
				Query: "RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
				Header: http.Header{"X-Acs-Action": {"RunInstances"}, "X-Acs-Version": {"2014-05-26"}, "X-Acs-Date": {"2023-10-26T10:22:32Z"},
					"X-Acs-Signature-Nonce": {"3156853299f313e23d1673dc12e1703d"}, "X-Acs-Content-Sha256": {emptyHash},
					"Authorization": {"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"}}},
		},
		{
			"Huawei, made by the vendor's program", keyPair{"AKEXAMPLE", "SKEXAMPLE"}, "2026-11-21T22:26:40Z",
			func(k keyPair, r *Request, now time.Time) *Fault { return k.verifySDK(r, now) },
			Request{Method: "POST", Host: "moderation.cn-north-4.myhuaweicloud.com", Path: "/v3/p1/moderation/text",
				Body: []byte(`{"event_type":"comment","data":{"text":"你好"}}`),
				Header: http.Header{"Content-Type": {"application/json"}, "X-Sdk-Date": {"20261121T222640Z"},
					"Authorization": {"SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders=host;x-sdk-date, Signature=f0a1066e39e586b8e0086c811263f0f4b4f111fa2aa22c96a4f5fe93b35febbf"}}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, tt.at)
			require.NoError(t, err)
			require.Nil(t, tt.verify(tt.pair, &tt.r, now))
			require.Nil(t, tt.verify(tt.pair, &tt.r, now.Add(4*time.Minute)))
			require.NotNil(t, tt.verify(tt.pair, &tt.r, now.Add(time.Hour)), "too late")
			require.NotNil(t, tt.verify(tt.pair, &tt.r, now.Add(-time.Hour)), "too early")
			require.NotNil(t, tt.verify(keyPair{tt.pair.access, tt.pair.secret + "x"}, &tt.r, now), "other secret")
			require.NotNil(t, tt.verify(keyPair{tt.pair.access + "x", tt.pair.secret}, &tt.r, now), "other access key")
			for name, change := range map[string]func(r *Request){
				"body":      func(r *Request) { r.Body = append([]byte(" "), r.Body...) },
				"host":      func(r *Request) { r.Host += "x" },
				"query":     func(r *Request) { r.Query += "&x=1" },
				"method":    func(r *Request) { r.Method = "GET" },
				"unsigned":  func(r *Request) { r.Header.Del("Authorization") },
				"signature": func(r *Request) { r.Header.Set("Authorization", flipLast(r.Header.Get("Authorization"))) },
				"case": func(r *Request) {
					r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "host", "Host", 1))
				},
				"host left out": func(r *Request) {
					r.Header.Set("Authorization", strings.NewReplacer(";host,", ",", "=host;", "=").Replace(r.Header.Get("Authorization")))
				},
			} {
				r := tt.r
				r.Header = tt.r.Header.Clone()
				change(&r)
				require.NotNil(t, tt.verify(tt.pair, &r, now), name)
			}
		})
	}
}

func flipLast(s string) string {
	last := byte('0')
	if s[len(s)-1] == '0' {
		last = '1'
	}
	return s[:len(s)-1] + string(last)
}

// A signer signs requests, written apart from the verifiers so that the two cannot share a mistake.
type signer struct {
	access, secret string
	at             time.Time
}

func sha(b string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(b))) }

func keyed(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(h, text)
	return string(h.Sum(nil))
}

func (s signer) tencent(hr *http.Request, service, body string) {
	stamp, date := fmt.Sprint(s.at.Unix()), s.at.UTC().Format("2006-01-02")
	hr.Header.Set("X-TC-Timestamp", stamp)
	canonical := "POST\n/\n\ncontent-type:application/json\nhost:" + hr.URL.Host + "\n\ncontent-type;host\n" + sha(body)
	scope := date + "/" + service + "/tc3_request"
	key := keyed(keyed(keyed("TC3"+s.secret, date), service), "tc3_request")
	signature := keyed(key, "TC3-HMAC-SHA256\n"+stamp+"\n"+scope+"\n"+sha(canonical))
	hr.Header.Set("Authorization", fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%x", s.access, scope, signature))
}

func (s signer) alibaba(hr *http.Request, nonce, body string) {
	date := s.at.UTC().Format("2006-01-02T15:04:05Z")
	hr.Header.Set("x-acs-date", date)
	hr.Header.Set("x-acs-signature-nonce", nonce)
	hr.Header.Set("x-acs-content-sha256", sha(body))
	const names = "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
	canonical := "POST\n/\n\ncontent-type:" + hr.Header.Get("Content-Type") + "\nhost:" + hr.URL.Host + "\nx-acs-action:TextModerationPlus\nx-acs-content-sha256:" +
		sha(body) + "\nx-acs-date:" + date + "\nx-acs-signature-nonce:" + nonce + "\nx-acs-version:2022-03-02\n\n" + names + "\n" + sha(body)
	hr.Header.Set("Authorization", fmt.Sprintf("ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%x", s.access, names, keyed(s.secret, "ACS3-HMAC-SHA256\n"+sha(canonical))))
}

func (s signer) huawei(hr *http.Request, body string) {
	date := s.at.UTC().Format("20060102T150405Z")
	hr.Header.Set("X-Sdk-Date", date)
	canonical := "POST\n" + hr.URL.EscapedPath() + "/\n\nhost:" + hr.URL.Host + "\nx-sdk-date:" + date + "\n\nhost;x-sdk-date\n" + sha(body)
	hr.Header.Set("Authorization", fmt.Sprintf("SDK-HMAC-SHA256 Access=%s, SignedHeaders=host;x-sdk-date, Signature=%x", s.access, keyed(s.secret, "SDK-HMAC-SHA256\n"+date+"\n"+sha(canonical))))
}

// signed posts a body with headers after sign has added its own.
func signed(t *testing.T, srv *Server, path, body string, header map[string]string, sign func(hr *http.Request)) (int, string, http.Header) {
	t.Helper()
	hr, err := http.NewRequest("POST", srv.Origin+path, strings.NewReader(body))
	require.NoError(t, err)
	hr.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		hr.Header.Set(name, value)
	}
	sign(hr)
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(hr)
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(b), resp.Header
}

func form(service, content string) string {
	return url.Values{"Service": {service}, "ServiceParameters": {`{"content":` + quote(content) + `}`}}.Encode()
}
